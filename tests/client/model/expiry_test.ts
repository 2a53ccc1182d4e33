import assert from "node:assert/strict";
import {
  messageAt,
  newRoom,
  nextExpiry,
  type PlacedEvent,
  type RoomModel,
  takeInOrder,
  withoutExpired,
} from "../../../client/model/mod.ts";

const me = "ana";

function after(events: readonly PlacedEvent[], facts: Partial<RoomModel> = {}): RoomModel {
  const room = { ...newRoom({ name: "general", kind: "standard", read: 0 }), cursor: 0, ...facts };
  return takeInOrder(room, events, me).room;
}

const secret = { type: "message", seq: 1, time: 10, from: "ben", text: "secret word", expires: 100 } as const;

const about: readonly PlacedEvent[] = [
  secret,
  { type: "edited", seq: 2, time: 20, target: 1, from: "ben", text: "secret word, again" },
  { type: "reacted", seq: 3, time: 30, target: 1, from: "ana", emoji: "🤫" },
  { type: "message", seq: 4, time: 40, from: "ana", text: "what?", thread: 1 },
  {
    type: "message",
    seq: 5,
    time: 50,
    from: "ben",
    text: "a secret reply",
    thread: 1,
    expires: 200,
    files: [{ file: "f", name: "secret.txt", size: 3 }],
  },
];

Deno.test("of a message whose time is over nothing is held, not even in what was told of it", () => {
  const room = after(about);
  assert.equal(nextExpiry(room), 100);
  assert.equal(withoutExpired(room, 99), room);
  const later = withoutExpired(room, 100);
  const { replies, ...gone } = messageAt(later, 1) ?? {};
  assert.deepEqual(JSON.parse(JSON.stringify(gone)), {
    type: "message",
    seq: 1,
    time: 10,
    from: "ben",
    deleted: true,
  });
  assert.equal(replies?.count, 2);
  assert.doesNotMatch(JSON.stringify(later.events), /secret word|🤫/);
  assert.equal(nextExpiry(later), 200);
  const last = withoutExpired(later, 200);
  assert.doesNotMatch(JSON.stringify(last.events), /secret/);
  assert.deepEqual(messageAt(last, 1)?.replies, { count: 1, seq: 4, from: ["ana"] });
  assert.equal(nextExpiry(last), Infinity);
});

Deno.test("what the server says is over is as what the clock here says is over", () => {
  const expired = { type: "expired", seq: 6, time: 300, targets: [1, 5, 77] } as const;
  const told = takeInOrder(after(about), [expired], me).room;
  const known = takeInOrder(withoutExpired(after(about), 300), [expired], me).room;
  assert.deepEqual(told, known);
  assert.doesNotMatch(JSON.stringify(told.events), /secret/);
});

Deno.test("a room's own time is over for all of its messages, and under legal hold for none", () => {
  const room = after(about, { retentionMs: 35 });
  assert.equal(nextExpiry(room), 45);
  assert.deepEqual(
    withoutExpired(room, 80).events.map((event) => event.type === "message" && event.deleted === true),
    [true, false, false, true, false],
  );
  const held = after([...about, { type: "changed", seq: 6, time: 60, from: "ana", held: true }], {
    retentionMs: 35,
  });
  assert.equal(nextExpiry(held), Infinity);
  assert.equal(withoutExpired(held, 1_000), held);
});

Deno.test("a room is told how long it keeps its messages, and that it does not any more", () => {
  const kept = after([{ type: "changed", seq: 1, time: 1, from: "ana", retentionMs: 5_000 }]);
  assert.equal(kept.retentionMs, 5_000);
  const freed =
    takeInOrder(kept, [{ type: "changed", seq: 2, time: 2, from: "ana", retentionMs: 0 }], me).room;
  assert.equal(freed.retentionMs, undefined);
});
