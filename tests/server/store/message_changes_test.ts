import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { DatabaseSync } from "node:sqlite";
import { type Change, openStore, type Store } from "../../../server/store/mod.ts";
import { withDirectory } from "../../kit/directory.ts";

/** A store in which ana has said something, changed it, and put an emoji to it. */
function storeAt(path: string): Store {
  const store = openStore(path);
  store.commit([
    { kind: "account", account: { id: 1, name: "ana", role: "owner" }, password: "$", time: 1 },
    {
      kind: "room",
      room: {
        id: 1,
        name: "ops",
        kind: "standard",
        access: "public",
        topic: undefined,
        description: undefined,
        archived: false,
        retentionMs: undefined,
        held: false,
        creatorId: undefined,
      },
      time: 1,
    },
    event(1, "message", { text: "first" }),
    event(2, "message", { text: "second", thread: 1 }),
    event(3, "reacted", { text: "👍", target: 2 }),
    { kind: "mentions", roomId: 1, seq: 2, accountIds: [1], namedIds: [1] },
    { kind: "pin", roomId: 1, seq: 2, pinned: true },
  ]);
  store.commit([
    event(4, "edited", { target: 2 }),
    { kind: "message_text", roomId: 1, seq: 2, accountId: 1, text: "third", calls: "room", time: 4 },
  ]);
  return store;
}

type EventChange = Change & { kind: "event" };

function event(
  seq: number,
  type: EventChange["event"]["type"],
  more: Partial<EventChange["event"]>,
): EventChange {
  const row = { seq, type, accountId: 1, time: seq, text: undefined, ...more };
  return { kind: "event", roomId: 1, event: row, nonce: undefined };
}

Deno.test("a text that is changed keeps its earlier ones, each with its time", () => {
  const store = storeAt(":memory:");
  const { text, calls, edited, pinned } = store.events.at(1, 2) ?? {};
  assert.deepEqual([text, calls, edited, pinned], ["third", "room", 4, true]);
  assert.deepEqual([...store.details.revisions(1, 2, 0)], [{ text: "second", time: 2 }]);
  assert.equal(store.details.revisionCount(1, 2), 1);
  store.close();
});

Deno.test("of a deleted message nothing is kept but who said it, when, and in which thread", () => {
  const store = storeAt(":memory:");
  store.commit([{ kind: "message_deleted", roomId: 1, seq: 2 }]);
  const nothing = { text: undefined, quote: undefined, calls: undefined, edited: undefined, pinned: false };
  const place = { seq: 2, type: "message", accountId: 1, time: 2, thread: 1 };
  const others = { target: undefined, reaction: undefined, subjectId: undefined, targets: undefined };
  assert.deepEqual(store.events.at(1, 2), { ...place, ...nothing, ...others, expires: undefined });
  const { details } = store;
  const left = [
    details.reactions(1, [2]),
    details.named(1, [2]),
    details.meant(1, 2),
    details.replies(1, [1], 9),
  ];
  assert.deepEqual([...left, [...details.revisions(1, 2, 0)]], [[], [], [], [], []]);
  store.close();
});

Deno.test("what was sealed of a deleted message is overwritten in the database's file", () =>
  withDirectory((directory) => {
    const path = `${directory}/chat.db`;
    storeAt(path).close();
    const sealed = sealedOf(path);
    assert.equal(sealed.length, 3);
    const kept = () => sealed.filter((bytes) => Buffer.from(Deno.readFileSync(path)).includes(bytes)).length;
    assert.equal(kept(), 3);
    const store = openStore(path);
    store.commit([{ kind: "message_deleted", roomId: 1, seq: 2 }]);
    store.close();
    assert.equal(kept(), 0);
  }));

/** The text, the earlier text and the emoji of message 2, as they are stored. */
function sealedOf(path: string): Buffer[] {
  const database = new DatabaseSync(path);
  const rows = database.prepare(
    "SELECT text FROM event WHERE seq = 2 OR target = 2 AND text IS NOT NULL UNION ALL SELECT text FROM revision",
  ).all();
  database.close();
  return rows.flatMap(({ text }) => text instanceof Uint8Array ? [Buffer.from(text)] : []);
}
