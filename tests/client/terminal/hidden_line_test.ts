import assert from "node:assert/strict";
import { HiddenLine, type HiddenLineOptions } from "../../../client/terminal/hidden_line.ts";
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

Deno.test("a prompt that is wider than the terminal stays in its row, and is drawn over itself", () => {
  const { screen } = typed("abc", { prompt: "A password that is hidden: ", columns: 20 });
  const rows = screen.split("\r\x1b[K").slice(1);
  assert.equal(rows.length, 2);
  for (const row of rows) assert.ok(row.length < 20, row);
});

Deno.test("a terminal without room for it, or of no size at all, is drawn on without stars", () => {
  for (const columns of [0, 1, 2]) {
    const { screen, entered } = typed("abc\r", { columns });
    assert.deepEqual(entered, ["abc"]);
    assert.doesNotMatch(screen, /\*/);
    for (const row of screen.trimEnd().split("\r\x1b[K")) assert.ok(row.length <= columns, row);
  }
});

Deno.test("where nothing is to be drawn over, the prompt stands there once and nothing else", () => {
  const { screen, entered } = typed("abd\x7fc\r", { echo: "nothing" });
  assert.deepEqual([screen, entered], ["Secret: \n", ["abc"]]);
});

function typed(
  keys: string,
  { columns = 80, ...wishes }: Partial<Pick<HiddenLineOptions, "prompt" | "echo">> & { columns?: number } =
    {},
): { screen: string; entered: readonly string[]; interrupts: number } {
  let screen = "";
  let interrupts = 0;
  const entered: string[] = [];
  const line = new HiddenLine({
    canvas: { columns, write: (text) => screen += text },
    prompt: "Secret: ",
    echo: "stars",
    ...wishes,
    onLine: (text) => entered.push(text),
    onInterrupt: () => interrupts++,
  });
  for (const input of new KeyFilter().push(keys)) line.feed(input);
  return { screen, entered, interrupts };
}
