import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { canariesIn, canariesInBytes } from "../../../scripts/bars/canaries.ts";
import { withDirectory } from "../../kit/directory.ts";

const secret = "the parrot sleeps";
const canaries = new Map<string, string | Uint8Array>([
  ["a text", secret],
  ["a key", Uint8Array.from({ length: 20 }, (_, at) => 200 + at)],
]);

function found(bytes: Uint8Array): string[] {
  return canariesInBytes("here", bytes, canaries).map(({ what }) => what);
}

Deno.test("a secret is found as it is, in both kinds of base64, in hexadecimal digits and in two bytes a letter", () => {
  for (let before = 0; before < 5; before++) {
    for (let after = 0; after < 4; after++) {
      const around = (text: Uint8Array | string) =>
        Buffer.concat([Buffer.alloc(before, "<"), Buffer.from(text), Buffer.alloc(after, ">")]);
      for (const [what, plain] of canaries) {
        const all = around(plain);
        assert.deepEqual(found(all), [what]);
        for (const form of ["base64", "base64url", "hex"] as const) {
          assert.deepEqual(found(Buffer.from(all.toString(form))), [what], form);
        }
        assert.deepEqual(found(Buffer.from(all.toString("hex").toUpperCase())), [what]);
      }
    }
  }
  assert.deepEqual(found(Buffer.from(`<${secret}>`, "utf16le")), ["a text"]);
});

Deno.test("what is almost a secret is none", () => {
  for (
    const text of [
      "",
      "the parrot sleep",
      "The parrot sleeps",
      Buffer.from("he parrot sleep").toString("base64"),
    ]
  ) {
    assert.deepEqual(found(Buffer.from(text)), []);
  }
});

Deno.test("files in folders are looked at too, and told by their names", () =>
  withDirectory((directory) => {
    Deno.mkdirSync(`${directory}/deep/er`, { recursive: true });
    Deno.writeTextFileSync(`${directory}/deep/er/note`, `psst: ${secret}`);
    Deno.writeTextFileSync(`${directory}/clean`, "nothing");
    assert.deepEqual(canariesIn(directory, canaries), [{
      what: "a text",
      where: `${directory}/deep/er/note`,
    }]);
  }));
