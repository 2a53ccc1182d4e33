import assert from "node:assert/strict";
import { livePrompt, type LivePromptView } from "../../../client/terminal/live_prompt.ts";
import { paint } from "../../../client/terminal/styled_line.ts";

const time = new Date(2026, 6, 24, 14, 3).getTime();
const view: LivePromptView = { me: "ana", room: "general", unsent: [], retryInMs: undefined, columns: 60 };

Deno.test("the prompt names the room", () => {
  assert.deepEqual(prompt({}), ["#general> "]);
  assert.deepEqual(prompt({ room: undefined }), ["> "]);
});

Deno.test("a message without an answer stands where it will be", () => {
  const unsent = [{ room: "general", text: "hello", time }, { room: "ops", text: "done", time }];
  assert.deepEqual(prompt({ unsent }), ["14:03 ana  hello …", "14:03 #ops ana  done …", "#general> "]);
});

Deno.test("without a connection it is said what a message waits for, and when the next try is", () => {
  assert.deepEqual(prompt({ unsent: [{ room: "general", text: "hello", time }], retryInMs: 3_200 }), [
    "14:03 ana  hello … waiting for the connection",
    "  no connection · next try: 4 s",
    "#general> ",
  ]);
});

Deno.test("every line but the last is one row, however long or many the messages", () => {
  const unsent = Array.from(
    { length: 9 },
    () => ({ room: "general", text: "日本語 long ".repeat(99), time }),
  );
  const lines = prompt({ unsent, retryInMs: 60_000, columns: 30 });
  assert.equal(lines.length, 7);
  assert.equal(lines[4], "      … and 5 more");
});

Deno.test("a text of several lines shows its first", () => {
  assert.deepEqual(prompt({ unsent: [{ room: "general", text: "one\ntwo", time }] }), [
    "14:03 ana  one …",
    "#general> ",
  ]);
});

function prompt(changes: Partial<LivePromptView>): readonly string[] {
  return livePrompt({ ...view, ...changes }).map((line) => paint(line, false));
}
