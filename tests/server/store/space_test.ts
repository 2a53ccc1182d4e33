import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { DatabaseSync } from "node:sqlite";
import { type Change, openStore } from "../../../server/store/mod.ts";
import { withDirectory } from "../../kit/directory.ts";

const room = {
  id: 1,
  name: "general",
  kind: "standard",
  access: "public",
  topic: undefined,
  description: undefined,
  archived: false,
  retentionMs: undefined,
  held: false,
  creatorId: undefined,
} as const;

const people: readonly Change[] = [
  { kind: "account", account: { id: 1, name: "ana", role: "owner" }, password: "$", time: 0 },
  { kind: "room", room, time: 0 },
];

function said(seq: number): Change {
  const event = { seq, type: "message", accountId: 1, time: seq, text: `text ${seq}` } as const;
  return { kind: "event", roomId: 1, event, nonce: undefined };
}

/** What was sealed of a message, as the database has it. */
function sealed(path: string, seq: number): Uint8Array {
  using database = new DatabaseSync(path, { readOnly: true });
  const text = database.prepare("SELECT text FROM event WHERE seq = ?").get(seq)?.text;
  assert.ok(text instanceof Uint8Array);
  return text;
}

Deno.test("what was deleted or edited lies in no file when the log was emptied", () =>
  withDirectory((directory) => {
    const path = `${directory}/chat.db`;
    const store = openStore(path);
    store.commit([...people, said(1), said(2), said(3)]);
    while (store.search.isBehind()) store.search.advance(() => false);
    const gone = [sealed(path, 1), sealed(path, 2)], kept = sealed(path, 3);
    const isThere = (bytes: Uint8Array) =>
      [path, `${path}-wal`].some((file) => Buffer.from(Deno.readFileSync(file)).includes(Buffer.from(bytes)));
    assert.ok(store.space.emptyLog());
    assert.ok(gone.every(isThere));
    store.commit([{ kind: "message_deleted", roomId: 1, seq: 1 }]);
    store.commit([{
      kind: "message_text",
      roomId: 1,
      seq: 2,
      accountId: 1,
      text: "b",
      calls: undefined,
      time: 9,
    }]);
    assert.ok(store.space.emptyLog());
    assert.deepEqual(gone.map(isThere), [false, false]);
    assert.ok(isThere(kept));
    store.close();
  }));

Deno.test("emptying the log waits for nobody who reads the database", () =>
  withDirectory((directory) => {
    const path = `${directory}/chat.db`;
    const store = openStore(path);
    store.commit([...people, said(1)]);
    const gone = sealed(path, 1);
    const reader = new DatabaseSync(path);
    reader.exec("BEGIN; SELECT count(*) FROM event");
    store.commit([{ kind: "message_deleted", roomId: 1, seq: 1 }]);
    const inLog = () => Buffer.from(Deno.readFileSync(`${path}-wal`)).includes(Buffer.from(gone));
    assert.equal(store.space.emptyLog(), false);
    assert.ok(inLog());
    reader.exec("COMMIT");
    assert.ok(store.space.emptyLog());
    assert.ok(!inLog());
    reader.close();
    store.close();
  }));
