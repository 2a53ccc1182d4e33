import assert from "node:assert/strict";
import fc from "fast-check";
import { InputLines } from "../../../client/terminal/input_lines.ts";
import { fromSeed } from "../../kit/seed.ts";

Deno.test("lines end with a newline, with or without a carriage return; the last one may have neither", async () => {
  assert.deepEqual(await linesOf("one\n\ntwo\r\nthree"), ["one", "", "two", "three"]);
  assert.deepEqual(await linesOf("one\n"), ["one"]);
  assert.deepEqual(await linesOf(), []);
});

Deno.test("a line that is not UTF-8 spoils itself and no other", async () => {
  const bytes = new Uint8Array([0x61, 0x0a, 0xc3, 0x0a, 0x62, 0x0a, 0xff]);
  assert.deepEqual(await linesOf(bytes), ["a", undefined, "b", undefined]);
});

Deno.test("it does not matter how the bytes are cut into pieces", async () => {
  const lines = fc.array(fc.string({ unit: "grapheme" }).map((text) => text.replace(/[\r\n]/g, "_")));
  await fc.assert(
    fc.asyncProperty(lines, fc.integer({ min: 1, max: 7 }), async (lines, size) => {
      const text = lines.map((line) => line.toWellFormed() + "\n").join("");
      const bytes = new TextEncoder().encode(text);
      const pieces = Array.from(
        { length: Math.ceil(bytes.length / size) },
        (_, at) => bytes.slice(at * size, (at + 1) * size),
      );
      assert.deepEqual(await linesOf(...pieces), text.split("\n").slice(0, -1));
    }),
    fromSeed(),
  );
});

Deno.test("what was read too far comes again", async () => {
  const input = new InputLines(streamOf("secret\rone\ntwo\n"));
  await input.read();
  input.unread(new TextEncoder().encode("one\ntwo\n"));
  assert.deepEqual([await input.next(), await input.next()], [{ text: "one" }, { text: "two" }]);
  assert.equal(await input.next(), undefined);
});

async function linesOf(...pieces: readonly (string | Uint8Array<ArrayBuffer>)[]): Promise<unknown[]> {
  const input = new InputLines(streamOf(...pieces));
  const lines = [];
  for (let line = await input.next(); line !== undefined; line = await input.next()) lines.push(line.text);
  return lines;
}

function streamOf(
  ...pieces: readonly (string | Uint8Array<ArrayBuffer>)[]
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return ReadableStream.from(
    pieces.map((piece) => typeof piece === "string" ? new TextEncoder().encode(piece) : piece),
  );
}
