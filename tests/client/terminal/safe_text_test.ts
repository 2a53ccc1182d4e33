import assert from "node:assert/strict";
import { safeLines, safeText } from "../../../client/terminal/safe_text.ts";
import { seededChance } from "../../kit/world.ts";

Deno.test("a control character is shown as its picture and never acts", () => {
  assert.equal(safeText("a\x1b[2Jb\x07\x7f\x9bc\rd"), "a␛[2Jb␇␡<U+009B>c␍d");
});

Deno.test("a bidirectional control is named in its place", () => {
  assert.equal(safeText("user\u202egpj.exe"), "user<U+202E>gpj.exe");
  assert.equal(safeText("\u2066x\u2069\u200f\u061c"), "<U+2066>x<U+2069><U+200F><U+061C>");
});

Deno.test("a newline begins a new line, and a tab is spaces", () => {
  assert.deepEqual(safeLines("one\n\ttwo\n"), ["one", "    two", ""]);
});

Deno.test("half of a surrogate pair is replaced", () => {
  assert.equal(safeText("\ud83d!"), "\ufffd!");
});

Deno.test("words, emoji and scripts of all directions stay as they are", () => {
  const text = "Grüße, שלום, سلام, 日本語, 👩‍👩‍👧, é";
  assert.equal(safeText(text), text);
});

Deno.test("whatever comes in, nothing goes out that a terminal would act on", () => {
  const seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  const chance = seededChance(seed);
  for (let round = 0; round < 200; round++) {
    const text = String.fromCharCode(
      ...new Uint16Array(chance.bytes(128).buffer).map((unit) => unit % 0x2100),
    );
    for (const line of safeLines(text)) {
      assert.doesNotMatch(line, /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u, `seed ${seed}`);
    }
  }
});
