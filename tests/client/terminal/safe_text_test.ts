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

Deno.test("what cannot be seen is named in its place, beside letters as well as alone", () => {
  assert.equal(safeText("a\u200bn\u2060a\ufeff"), "a<U+200B>n<U+2060>a<U+FEFF>");
  assert.equal(safeText("an\u200da, b\u200cen"), "an<U+200D>a, b<U+200C>en");
  assert.equal(safeText("é\u200d\u200dü"), "é<U+200D><U+200D>ü");
  assert.equal(safeText("a\ufe0f\u00ad\u{e0041}b\u{e0100}"), "a<U+FE0F><U+00AD><U+E0041>b<U+E0100>");
});

Deno.test("a newline begins a new line, and a tab is spaces", () => {
  assert.deepEqual(safeLines("one\n\ttwo\n"), ["one", "    two", ""]);
});

Deno.test("half of a surrogate pair is replaced", () => {
  assert.equal(safeText("\ud83d!"), "\ufffd!");
});

Deno.test("words, emoji and scripts of all directions stay as they are", () => {
  const text = "Grüße, שלום, سلام, 日本語, 👩‍👩‍👧, é, ❤️, 1️⃣, می\u200cخواهم, 葛\u{e0100}";
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
      assert.doesNotMatch(
        line,
        /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069]/u,
        `seed ${seed}`,
      );
    }
  }
});
