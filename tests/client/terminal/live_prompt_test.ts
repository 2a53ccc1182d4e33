import assert from "node:assert/strict";
import { columnsOf } from "../../../client/terminal/columns.ts";
import { livePrompt, type LivePromptView } from "../../../client/terminal/live_prompt.ts";
import { paint } from "../../../client/terminal/styled_line.ts";

const time = new Date(2026, 6, 24, 14, 3).getTime();
const view: LivePromptView = {
  me: "ana",
  room: "general",
  label: (room) => `#${room}`,
  unsent: [],
  retryInMs: undefined,
  held: [],
  columns: 60,
};

Deno.test("the prompt names the room", () => {
  assert.deepEqual(prompt({}), ["#general> "]);
  assert.deepEqual(prompt({ room: undefined }), ["> "]);
});

Deno.test("a message without an answer stands where it will be", () => {
  const unsent = [{ room: "general", text: "hello", time }, { room: "ops", text: "done", time }];
  assert.deepEqual(prompt({ unsent }), [
    "     14:03 ana  hello …",
    "     14:03 #ops ana  done …",
    "#general> ",
  ]);
});

Deno.test("without a connection it is said what a message waits for, and when the next try is", () => {
  assert.deepEqual(prompt({ unsent: [{ room: "general", text: "hello", time }], retryInMs: 3_200 }), [
    "     14:03 ana  hello … waiting for the connection",
    "  no connection · next try: 4 s",
    "#general> ",
  ]);
});

Deno.test("words that wait for a command are in sight", () => {
  const held = [{ text: "first\nsecond" }, { text: "third" }];
  assert.deepEqual(prompt({ held: held.slice(0, 1) }), [
    "      first … waits for the command before it",
    "#general> ",
  ]);
  assert.match(prompt({ held })[0] ?? "", /waits for the command before it and 1 more$/);
});

Deno.test("who is writing stands above the line", () => {
  assert.deepEqual(prompt({ typing: ["ben"] }), ["      ben is writing …", "#general> "]);
  assert.equal(prompt({ typing: ["ben", "e\x1bve"] })[0], "      ben and e␛ve are writing …");
  assert.equal(prompt({ typing: ["a", "b", "c"] })[0], "      3 people are writing …");
});

Deno.test("every line but the last is one row, however long or many the messages", () => {
  const unsent = Array.from(
    { length: 9 },
    () => ({ room: "general", text: "日本語 long ".repeat(99), time }),
  );
  const lines = prompt({ unsent, held: unsent, retryInMs: 60_000, columns: 30 });
  assert.equal(lines.length, 8);
  assert.equal(lines[4], "      … and 5 more");
  assert.ok(columnsOf(lines[5] ?? "") <= 30, lines[5]);
});

Deno.test("a text of several lines shows its first", () => {
  assert.deepEqual(prompt({ unsent: [{ room: "general", text: "one\ntwo", time }] }), [
    "     14:03 ana  one …",
    "#general> ",
  ]);
});

function prompt(changes: Partial<LivePromptView>): readonly string[] {
  return livePrompt({ ...view, ...changes }).map((line) => paint(line, false));
}
