import assert from "node:assert/strict";
import { HiddenLine } from "../../../client/terminal/hidden_line.ts";
import { KeyFilter } from "../../../client/terminal/key_filter.ts";

Deno.test("what is typed is shown as stars and entered as it is", () => {
  const { screen, entered } = typed("pass wörd 👍\r");
  assert.deepEqual(entered, ["pass wörd 👍"]);
  assert.doesNotMatch(screen, /[pwd👍]/u);
  assert.match(screen, /Secret: \*{11}\n$/);
});

Deno.test("keys correct it: Backspace one character, Ctrl-U all, arrows nothing", () => {
  assert.deepEqual(typed("abc👍\x7f\x7f\x1b[D\x1b[Ad\r").entered, ["abd"]);
  assert.deepEqual(typed("wrong\x15right\r").entered, ["right"]);
});

Deno.test("a paste loses its newline", () => {
  assert.deepEqual(typed("\x1b[200~from a safe\n\x1b[201~\r").entered, ["from a safe"]);
});

Deno.test("Ctrl-C interrupts", () => {
  assert.equal(typed("abc\x03").interrupts, 1);
});

function typed(keys: string): { screen: string; entered: readonly string[]; interrupts: number } {
  let screen = "";
  let interrupts = 0;
  const entered: string[] = [];
  const line = new HiddenLine({
    canvas: { columns: 80, write: (text) => screen += text },
    prompt: "Secret: ",
    onLine: (text) => entered.push(text),
    onInterrupt: () => interrupts++,
  });
  for (const input of new KeyFilter().push(keys)) line.feed(input);
  return { screen, entered, interrupts };
}
