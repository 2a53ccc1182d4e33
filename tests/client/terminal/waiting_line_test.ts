import assert from "node:assert/strict";
import { KeyFilter } from "../../../client/terminal/key_filter.ts";
import { WaitingLine } from "../../../client/terminal/waiting_line.ts";

Deno.test("it stays in one row below what is shown, and leaves nothing behind", () => {
  const { line, screen } = waiting({ columns: 12 });
  line.show("hello\n");
  line.close();
  assert.equal(screen(), "\r\x1b[K/who waits…\r\x1b[Khello\n\r\x1b[K/who waits…\r\x1b[K");
});

Deno.test("what is typed is kept and not shown, until Ctrl-C forgets it", () => {
  const { line, screen, interrupts } = waiting({ columns: 80 });
  const before = screen();
  for (const input of new KeyFilter().push("secret\r")) line.feed(input);
  assert.deepEqual(line.keys, [{ kind: "keys", text: "secret" }, { kind: "enter" }]);
  assert.equal(screen(), before);
  for (const input of new KeyFilter().push("\x03")) line.feed(input);
  assert.deepEqual([line.keys, interrupts()], [[], 1]);
});

function waiting({ columns }: { readonly columns: number }) {
  let screen = "";
  let interrupts = 0;
  const line = new WaitingLine({
    canvas: { columns, write: (text) => screen += text },
    text: "/who waits for its turn",
    onInterrupt: () => interrupts++,
  });
  return { line, screen: () => screen, interrupts: () => interrupts };
}
