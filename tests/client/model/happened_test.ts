import assert from "node:assert/strict";
import {
  messageAt,
  newRoom,
  type PlacedEvent,
  type RoomModel,
  takeInOrder,
  takeNewest,
  takePage,
} from "../../../client/model/mod.ts";

const me = "ana";
const said = { type: "message", seq: 1, time: 1, from: "ben", text: "hi" } as const;

Deno.test("a message that is held is as it is after each event", () => {
  const room = after([
    said,
    { type: "edited", seq: 2, time: 2, target: 1, from: "ben", text: "hello @ana", mentions: ["ana"] },
    { type: "reacted", seq: 3, time: 3, target: 1, from: "ana", emoji: "👍" },
    { type: "reacted", seq: 4, time: 4, target: 1, from: "eve", emoji: "🎉" },
    { type: "reacted", seq: 5, time: 5, target: 1, from: "eve", emoji: "👍" },
    { type: "unreacted", seq: 6, time: 6, target: 1, from: "ana", reaction: 3 },
    { type: "pinned", seq: 7, time: 7, target: 1, from: "eve" },
    { type: "message", seq: 8, time: 8, from: "eve", text: "a reply", thread: 1 },
    { type: "message", seq: 9, time: 9, from: "ana", text: "another", thread: 1 },
  ]);
  assert.deepEqual(messageAt(room, 1), {
    ...said,
    text: "hello @ana",
    mentions: ["ana"],
    edited: 2,
    reactions: [{ emoji: "🎉", from: ["eve"] }, { emoji: "👍", from: ["eve"] }],
    pinned: true,
    replies: { count: 2, seq: 9, from: ["ana", "eve"] },
  });
  const less = takeInOrder(room, [{ type: "deleted", seq: 10, time: 10, target: 9, from: "ana" }], me).room;
  assert.deepEqual(messageAt(less, 1)?.replies, { count: 1, seq: 8, from: ["eve"] });
});

Deno.test("of a deleted message no word is held, not even in what was told of it", () => {
  const room = after([
    said,
    { type: "edited", seq: 2, time: 2, target: 1, from: "ben", text: "secret", mentions: ["eve"] },
    { type: "reacted", seq: 3, time: 3, target: 1, from: "ana", emoji: "🤫" },
    { type: "deleted", seq: 4, time: 4, target: 1, from: "ben" },
  ]);
  assert.doesNotMatch(JSON.stringify(room.events), /hi|secret|🤫|"eve"/);
  assert.equal(messageAt(room, 1)?.deleted, true);
});

Deno.test("a page that shows a message as it will be is not changed by the events that follow", () => {
  const now = { ...said, text: "last", edited: 4, reactions: [{ emoji: "👍", from: ["eve"] }] } as const;
  const first = takeNewest(newRoom({ name: "general", kind: "standard", read: 0 }), [], 0, me).room;
  const page: readonly PlacedEvent[] = [
    { type: "edited", seq: 2, time: 2, target: 1, from: "ben", text: "last" },
    { type: "reacted", seq: 3, time: 3, target: 1, from: "ana" },
    { type: "edited", seq: 4, time: 4, target: 1, from: "ben", text: "last" },
    { type: "unreacted", seq: 5, time: 5, target: 1, from: "ana", reaction: 3 },
    { type: "reacted", seq: 6, time: 6, target: 1, from: "eve", emoji: "👍" },
  ];
  const { room } = takePage(takePage(first, [now], me).room, page, me);
  assert.deepEqual(messageAt(room, 1), { ...now, mentions: undefined });
});

Deno.test("what is said of the room, who is in it and how one stands are taken from its events", () => {
  const room = after([
    { type: "joined", seq: 1, time: 1, username: "ana", people: ["ana", "ben"] },
    { type: "changed", seq: 2, time: 2, from: "ben", topic: "one", description: "two", access: "private" },
    { type: "changed", seq: 3, time: 3, from: "ben", topic: "", archived: true },
    { type: "standing", seq: 4, time: 4, username: "ana", by: "ben", standing: "muted" },
    { type: "standing", seq: 5, time: 5, username: "ben", by: "ben", standing: "moderator" },
  ]);
  const { topic, description, access, archived, standing, people } = room;
  assert.deepEqual([topic, description, access, archived, standing, people], [
    undefined,
    "two",
    "private",
    true,
    "muted",
    ["ana", "ben"],
  ]);
});

Deno.test("how one stood at an earlier time in the room is not how one stands", () => {
  const facts = { name: "general", kind: "standard", read: 3, stoodAt: 3 };
  const events: PlacedEvent[] = [
    { type: "standing", seq: 1, time: 1, username: "ana", by: "ben", standing: "moderator" },
    { type: "left", seq: 2, time: 2, username: "ana", by: "ben" },
    { type: "joined", seq: 3, time: 3, username: "ana", by: "ben" },
  ];
  const { room } = takeNewest(newRoom(facts), events, 3, me);
  assert.equal(room.standing, "member");
  const muted = { type: "standing", seq: 4, time: 4, username: "ana", by: "ben", standing: "muted" } as const;
  assert.equal(takeInOrder(room, [muted], me).room.standing, "muted");
});

function after(events: readonly PlacedEvent[]): RoomModel {
  const room = takeNewest(newRoom({ name: "general", kind: "standard", read: 0 }), [], 0, me).room;
  return takeInOrder(room, events, me).room;
}
