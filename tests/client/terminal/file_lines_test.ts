import assert from "node:assert/strict";
import type { Message } from "../../../client/model/mod.ts";
import { deedText } from "../../../client/terminal/deed_text.ts";
import { eventLines } from "../../../client/terminal/event_lines.ts";
import { livePrompt } from "../../../client/terminal/live_prompt.ts";
import { plainEventLines } from "../../../client/terminal/plain_lines.ts";
import { sizeText } from "../../../client/terminal/size_text.ts";
import { type Line, paint } from "../../../client/terminal/styled_line.ts";

const time = new Date(2026, 6, 24, 14, 3).getTime();
const here = { me: "ana", label: "#general", here: true };
const elsewhere = { ...here, here: false };
const photo = { file: "f", name: "photo.jpg", size: 2_400_000 };

Deno.test("a file stands under the text of its message, with the command that saves it", () => {
  const event = message({ files: [photo, { file: "g", name: "notes.txt", size: 17 }] });
  assert.deepEqual(plainly(eventLines(event, here)), [
    "  17 14:03 ben  look",
    "                📎 photo.jpg (2.4 MB): /open 17",
    "                📎 notes.txt (17 bytes): /open 17 2",
  ]);
  assert.deepEqual(plainly(plainEventLines(event, here)), [
    "[general] 14:03 <ben> look",
    "    📎 photo.jpg (2.4 MB): /open 17",
    "    📎 notes.txt (17 bytes): /open 17 2",
  ]);
  assert.deepEqual(plainly(eventLines(message({ text: "", files: [photo] }), elsewhere)), [
    "     14:03 #general ben  📎 photo.jpg (2.4 MB)",
  ]);
});

Deno.test("what others call a file cannot write to the terminal", () => {
  const [, line = ""] = plainly(
    eventLines(message({ files: [{ ...photo, name: "a\x1b[2J\u202egpj.exe" }] }), here),
  );
  assert.equal(line, "                📎 a␛[2J<U+202E>gpj.exe (2.4 MB): /open 17");
});

Deno.test("a message that goes by itself says when", () => {
  const soon = message({ expires: time + 60 * 60_000 });
  assert.deepEqual(plainly(eventLines(soon, here)), ["  17 14:03 ben  look", "           ⏳ gone at 15:03"]);
  assert.deepEqual(plainly(plainEventLines(soon, here)).at(-1), "    (⏳ gone at 15:03)");
  const later = message({ expires: new Date(2026, 6, 31, 9, 0).getTime() });
  assert.deepEqual(
    plainly(eventLines(later, here)).at(-1),
    "           ⏳ gone on Friday 31 July 2026 at 09:00",
  );
  assert.deepEqual(plainly(eventLines(message({ text: undefined, deleted: true, expires: time }), here)), [
    "  17 14:03 ben  (deleted)",
  ]);
});

Deno.test("how long a room keeps its messages is told, and that messages went is not", () => {
  const changed = { type: "changed", seq: 2, time, from: "ana" } as const;
  const dayMs = 86_400_000;
  assert.equal(
    deedText({ ...changed, retentionMs: 30 * dayMs }, {}),
    "ana set that messages are kept here for 30 days",
  );
  assert.equal(
    deedText({ ...changed, retentionMs: 0 }, {}),
    "ana set no end to how long messages are kept here",
  );
  assert.equal(
    deedText({ ...changed, held: true }, {}),
    "ana put the room under legal hold: nothing in it goes",
  );
  assert.deepEqual(eventLines({ type: "expired", seq: 3, time, targets: [1] }, here), []);
});

Deno.test("sizes are short", () => {
  const sizes = [0, 1, 999, 1_000, 2_449_000, 25_000_000, 1_073_741_824, 3e12];
  assert.deepEqual(sizes.map(sizeText), [
    "0 bytes",
    "1 byte",
    "999 bytes",
    "1.0 kB",
    "2.4 MB",
    "25 MB",
    "1.1 GB",
    "3.0 TB",
  ]);
});

Deno.test("files on their way stand above what is typed", () => {
  const lines = livePrompt({
    me: "ana",
    room: "general",
    label: (room) => `#${room}`,
    unsent: [{ room: "general", text: "", time, files: ["f"] }],
    held: [],
    retryInMs: undefined,
    columns: 60,
    underWay: [
      { direction: "up", name: "/home/ana/photo.jpg", progress: { step: "moving", done: 43, total: 100 } },
      { direction: "down", name: "b", progress: { step: "checking", done: 1, total: 2 } },
      { direction: "down", name: "c", progress: undefined },
      { direction: "down", name: "d", progress: undefined },
    ],
  });
  assert.deepEqual(plainly(lines), [
    "     14:03 ana  📎 …",
    "  ↑ photo.jpg  43 % of 100 bytes",
    "  ↓ b  reading, 50 % of 2 bytes",
    "  ↓ c  …",
    "  … and 1 more files",
    "#general> ",
  ]);
});

function message(more: Partial<Message>): Message {
  return { type: "message", seq: 17, time, from: "ben", text: "look", ...more };
}

function plainly(lines: readonly Line[]): readonly string[] {
  return lines.map((line) => paint(line, false));
}
