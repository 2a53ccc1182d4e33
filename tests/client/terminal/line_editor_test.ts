import assert from "node:assert/strict";
import { KeyFilter } from "../../../client/terminal/key_filter.ts";
import { LineEditor } from "../../../client/terminal/line_editor.ts";

Deno.test("a line is edited, entered, and found again above", () => {
  const { press, entered, editor } = edit();
  press("helo\x1b[Dl\r");
  press("second\r");
  assert.deepEqual(entered, ["hello", "second"]);
  press("\x1b[A\x1b[A");
  assert.equal(editor.text, "hello");
});

Deno.test("lines of one chunk are entered one by one", () => {
  const { press, entered } = edit();
  press("one\rtwo\rthree\rhalf");
  assert.deepEqual(entered, ["one", "two", "three"]);
});

Deno.test("a line that is hidden is off the screen, takes what is given back, and comes again as it was", () => {
  const { press, entered, editor } = edit();
  press("ab\x1b[D");
  editor.hide();
  editor.setPrompt("other> ");
  editor.insert("x");
  assert.equal(editor.text, "axb");
  editor.reveal();
  press("y\r");
  assert.deepEqual(entered, ["axyb"]);
});

Deno.test("Alt-Enter and pastes make one text of several lines", () => {
  const { press, entered } = edit();
  press("one\x1b\rtwo \x1b[200~three\n\tfour\x1b[201~\r");
  assert.deepEqual(entered, ["one\ntwo three\n\tfour"]);
});

Deno.test("what is shown above leaves the line and its cursor as they were", () => {
  const { press, entered, editor } = edit();
  press("ab\x1b[D");
  editor.show("news\n");
  editor.setPrompt("other> ");
  press("X\r");
  assert.deepEqual(entered, ["aXb"]);
});

Deno.test("the text before the cursor can be replaced, as by completion", () => {
  const { press, entered, editor } = edit();
  press("/joi rest\x1b[D\x1b[D\x1b[D\x1b[D\x1b[D");
  assert.equal(editor.textBeforeCursor, "/joi");
  editor.replaceBeforeCursor("/join");
  press("!\r");
  assert.deepEqual(entered, ["/join! rest"]);
});

Deno.test("a text that is put in and takes several rows goes off the screen with all of them", () => {
  const { editor, drawn } = edit();
  editor.setPrompt("above\n> ");
  editor.insert("x".repeat(60));
  const before = drawn.length;
  editor.setPrompt("> ");
  // From the second row of the text, below the row above the prompt, to the first.
  assert.ok(drawn.slice(before).join("").startsWith("\x1b[2A"));
});

Deno.test("Ctrl-C and Ctrl-D are told, and Ctrl-Z does nothing", () => {
  const { press, told } = edit();
  press("x\x03");
  press("\x1a");
  assert.deepEqual(told, ["interrupt"]);
  press("\x7f\x04");
  assert.deepEqual(told, ["interrupt", "end"]);
});

function edit() {
  const entered: string[] = [];
  const told: string[] = [];
  const drawn: string[] = [];
  const editor = new LineEditor({
    canvas: { columns: 40, write: (text) => void drawn.push(text) },
    prompt: "> ",
    keepsLine: false,
    history: [],
    onLine: (text) => entered.push(text),
    onInterrupt: () => told.push("interrupt"),
    onEnd: () => told.push("end"),
  });
  const keys = new KeyFilter();
  const press = (text: string) => keys.push(text).forEach((input) => editor.feed(input));
  return { editor, entered, told, drawn, press };
}
