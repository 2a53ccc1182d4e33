import assert from "node:assert/strict";
import { type Input, KeyFilter } from "../../../client/terminal/key_filter.ts";

Deno.test("keys pass as they are, and Enter, Tab and Alt-Enter are told apart", () => {
  assert.deepEqual(filter("ab\x1b[D\rc\td\x1b\re\r\n\x03\x04"), [
    { kind: "keys", text: "ab\x1b[D" },
    { kind: "enter" },
    { kind: "keys", text: "c" },
    { kind: "tab" },
    { kind: "keys", text: "d" },
    { kind: "newline" },
    { kind: "keys", text: "e" },
    { kind: "enter" },
    { kind: "interrupt" },
    { kind: "end" },
  ]);
});

Deno.test("a paste is one thing, with its lines and tabs, and without other control characters", () => {
  assert.deepEqual(filter("x\x1b[200~one\r\n\ttwo\rthree\x1b[31m\x03\n\n\x1b[201~y"), [
    { kind: "keys", text: "x" },
    { kind: "paste", text: "one\n\ttwo\nthree[31m" },
    { kind: "keys", text: "y" },
  ]);
});

Deno.test("a paste that comes byte by byte is the same paste", () => {
  const keys = new KeyFilter();
  const inputs = [..."\x1b[200~one\rtwo\x1b[201~"].flatMap((character, index) =>
    // The very first byte alone could as well be the Escape key.
    index === 0 ? [] : keys.push(index === 1 ? "\x1b[" : character)
  );
  assert.deepEqual(inputs, [{ kind: "paste", text: "one\ntwo" }]);
});

Deno.test("a lone Escape is not held back", () => {
  assert.deepEqual(filter("\x1b"), [{ kind: "keys", text: "\x1b" }]);
});

Deno.test("Ctrl-C ends a paste whose end got lost", () => {
  const keys = new KeyFilter();
  assert.deepEqual(keys.push("\x1b[200~lost"), []);
  assert.deepEqual(keys.push("\x03"), [{ kind: "interrupt" }]);
  assert.deepEqual(keys.push("a"), [{ kind: "keys", text: "a" }]);
});

Deno.test("of a paste that no message could hold, more than a message can hold is kept, and no more than that", () => {
  const [input] = filter(`\x1b[200~${"x".repeat(1_000_000)}\x1b[201~`);
  assert.equal(input?.kind === "paste" && input.text.length, 32_000);
});

function filter(text: string): readonly Input[] {
  return new KeyFilter().push(text);
}
