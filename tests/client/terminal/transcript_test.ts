import assert from "node:assert/strict";
import { eventLines } from "../../../client/terminal/event_lines.ts";
import { type Line, paint } from "../../../client/terminal/styled_line.ts";
import { type Place, Transcript } from "../../../client/terminal/transcript.ts";
import { newRoom, type RoomModel, type ShownEvent } from "../../../client/model/mod.ts";

Deno.test("a day is told when it begins, and once", () => {
  const transcript = new Transcript("ana", eventLines, true);
  assert.deepEqual(plainly(transcript.add(message(1, "a", 23), here)), [
    "──── Friday 24 July 2026 ────",
    "   1 23:03 ben  a",
  ]);
  assert.deepEqual(plainly(transcript.add(message(2, "b", 23), here)), ["   2 23:03 ben  b"]);
  assert.deepEqual(plainly(transcript.add(message(3, "c", 24), here)), [
    "──── Saturday 25 July 2026 ────",
    "   3 00:03 ben  c",
  ]);
});

Deno.test("an event is never printed twice", () => {
  const transcript = new Transcript("ana", eventLines, false);
  assert.equal(transcript.add(message(1, "a"), here).length, 1);
  assert.equal(transcript.add(message(1, "a"), here).length, 0);
  assert.deepEqual(transcript.catchUp(at(room([message(1, "a")], 0)), 10), []);
});

Deno.test("turning to a room shows what was not printed of it, with a line above the first unread message", () => {
  const transcript = new Transcript("ana", eventLines, false);
  transcript.add(message(1, "printed"), here);
  const events = [
    message(1, "printed"),
    message(2, "read"),
    message(3, "mine", 14, "ana"),
    message(4, "new"),
  ];
  assert.deepEqual(plainly(transcript.catchUp(at(room(events, 2)), 10)), [
    "   2 14:03 ben  read",
    "   3 14:03 ana  mine",
    "──── 1 unread ────",
    "   4 14:03 ben  new",
  ]);
});

Deno.test("what was printed elsewhere and is not read comes again where it belongs, with its number", () => {
  const transcript = new Transcript("ana", eventLines, false);
  const events = [message(1, "read"), message(2, "glimpsed"), message(3, "too")];
  for (const event of events) transcript.add(event, { ...at(room(events, 1)), here: false });
  assert.deepEqual(plainly(transcript.catchUp(at(room(events, 1)), 10)), [
    "──── 2 unread ────",
    "   2 14:03 ben  glimpsed",
    "   3 14:03 ben  too",
  ]);
  assert.deepEqual(transcript.catchUp(at(room(events, 3)), 10), []);
});

Deno.test("of a long past only the newest is shown, and that there is more is said", () => {
  const events = Array.from({ length: 9 }, (_, index) => message(index + 1, `line ${index + 1}`));
  const lines = plainly(new Transcript("ana", eventLines, false).catchUp(at(room(events, 9)), 2));
  assert.deepEqual(lines, [
    "  7 earlier ones: /history shows them",
    "   8 14:03 ben  line 8",
    "   9 14:03 ben  line 9",
  ]);
});

Deno.test("history that was asked for changes nothing of what counts as printed", () => {
  const transcript = new Transcript("ana", eventLines, false);
  assert.equal(transcript.past([message(1, "a"), message(2, "b")], here).length, 2);
  assert.equal(transcript.add(message(2, "b"), here).length, 1);
});

Deno.test("a reply stands under what it replies to, unless that stands right above it", () => {
  const transcript = new Transcript("ana", eventLines, false);
  const events = [
    message(1, "shall we meet?"),
    reply(2, "yes", 1),
    message(3, "something else"),
    reply(4, "at noon", 1),
    reply(5, "fine", 1),
  ];
  const place = at(room(events, 9));
  assert.deepEqual(events.flatMap((event) => plainly(transcript.add(event, place))), [
    "   1 14:03 ben  shall we meet?",
    "   2 14:03 ben  ↳1 yes",
    "   3 14:03 ben  something else",
    "   4 14:03 ben  ↳1 ben “shall we meet?”",
    "                at noon",
    "   5 14:03 ben  ↳1 fine",
  ]);
  const withoutRoot = at(room(events.slice(3), 9));
  assert.deepEqual(plainly(new Transcript("ana", eventLines, false).catchUp(withoutRoot, 9)), [
    "   4 14:03 ben  ↳1 at noon",
    "   5 14:03 ben  ↳1 fine",
  ]);
});

const here = at(room([], 0));

function message(seq: number, text: string, hour = 14, from = "ben"): ShownEvent {
  return { type: "message", seq, time: new Date(2026, 6, 24, hour, 3).getTime(), from, text };
}

function reply(seq: number, text: string, thread: number): ShownEvent {
  return { ...message(seq, text), type: "message", from: "ben", text, thread };
}

function room(events: readonly ShownEvent[], read: number): RoomModel {
  const unread =
    events.filter((event) => event.type === "message" && event.from !== "ana" && event.seq > read).length;
  return { ...newRoom({ name: "general", kind: "standard", read }), events, unread };
}

function at(room: RoomModel): Place {
  return { room, label: "#general", here: true };
}

function plainly(lines: readonly Line[]): readonly string[] {
  return lines.map((line) => paint(line, false));
}
