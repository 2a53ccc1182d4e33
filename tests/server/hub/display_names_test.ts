import assert from "node:assert/strict";
import { TestHub } from "../../kit/hub.ts";

async function code(displayName: string): Promise<string> {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  await bench.newcomer("ben.miller");
  const answer = await ana.ask({ type: "set_profile", displayName });
  return answer.code ?? answer.type;
}

Deno.test("a display name that reads like somebody else's username is refused", async () => {
  for (
    const name of [
      "ben.miller",
      "Ben.Miller",
      " @ben.miller ",
      "Ｂｅｎ．Ｍｉｌｌｅｒ",
      "bén.miller",
      "ben.\u200dmiller",
      "ben. miller ✓",
    ]
  ) {
    assert.equal(await code(name), "forbidden", name);
  }
});

Deno.test("one's own username, another name with the same words, and any other script are fine", async () => {
  for (const name of ["Ana", "Ben Miller", "Ana (was ben.miller)", "Анна", "安娜", "🌊", "Dr. Ana"]) {
    assert.equal(await code(name), "profile", name);
  }
});

Deno.test("letters of scripts that look alike are not mixed", async () => {
  assert.equal(await code("bеn.miller"), "text_invalid");
  assert.equal(await code("Ωmega"), "text_invalid");
});
