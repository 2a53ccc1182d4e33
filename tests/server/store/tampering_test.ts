import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { Unreadable } from "../../../server/keyring/mod.ts";
import { type Change, openStore, type Store } from "../../../server/store/mod.ts";
import { withDirectory } from "../../kit/directory.ts";

function roomOf(id: number): Change {
  const room = {
    id,
    name: `r${id}`,
    kind: "standard",
    access: "public",
    description: undefined,
    archived: false,
    retentionMs: undefined,
    held: false,
    creatorId: undefined,
  } as const;
  return { kind: "room", room: { ...room, topic: `topic ${id}` }, time: 1 };
}

function eventOf(roomId: number, seq: number, accountId: number): Change {
  const event = { seq, type: "message", accountId, time: 1, text: `text ${seq} of ${roomId}` } as const;
  return { kind: "event", roomId, event, nonce: `n${seq}` };
}

function accountOf(id: number): Change[] {
  const account = { id, name: `a${id}`, role: "member" } as const;
  const factor = { accountId: id, secret: `SECRET${id}`, confirmed: true, lastStep: 1 };
  return [{ kind: "account", account, password: `$hash ${id}`, time: 1 }, { kind: "second_factor", factor }];
}

/** A store of which somebody has changed the database file by `sql`. */
async function withTampered(sql: string, use: (store: Store) => void): Promise<void> {
  await withDirectory((directory) => {
    const path = `${directory}/chat.db`;
    const before = openStore(path);
    before.commit([...accountOf(1), ...accountOf(2), roomOf(1), roomOf(2)]);
    for (const room of [1, 2]) before.commit([eventOf(room, 1, 1), eventOf(room, 2, 2), eventOf(room, 3, 1)]);
    before.close();
    const database = new DatabaseSync(path);
    database.exec(sql);
    database.close();
    const store = openStore(path);
    use(store);
    store.close();
  });
}

function texts(store: Store, room: number): unknown[] {
  return [...store.events.after(room, 0, 9)].map(({ text, damaged }) => damaged ? "damaged" : text);
}

/** Which texts of the room 1 do not open after each of the tricks. */
const told: Readonly<Record<string, readonly unknown[]>> = {
  "of another seq": ["damaged", "text 2 of 1", "damaged"],
  "of another room": ["damaged", "text 2 of 1", "text 3 of 1"],
};
const allDamaged = ["damaged", "damaged", "damaged"];

/** Exchanges a column of two rows. */
function swap(table: string, column: string, one: string, other: string): string {
  const of = (row: string) => `(SELECT ${column} FROM before WHERE ${row})`;
  return `CREATE TEMP TABLE before AS SELECT * FROM ${table};
    UPDATE ${table} SET ${column} = ${of(other)} WHERE ${one};
    UPDATE ${table} SET ${column} = ${of(one)} WHERE ${other}`;
}

const swaps: Readonly<Record<string, string>> = {
  "of another seq": swap("event", "text", "room_id = 1 AND seq = 1", "room_id = 1 AND seq = 3"),
  "of another room": swap("event", "text", "room_id = 1 AND seq = 1", "room_id = 2 AND seq = 1"),
  "of another sender": "UPDATE event SET account_id = 3 - account_id WHERE room_id = 1",
  "that was cut": "UPDATE event SET text = substr(text, 1, 40) WHERE room_id = 1",
  "that was emptied": "UPDATE event SET text = x'' WHERE room_id = 1",
  "that was moved along": "UPDATE event SET seq = seq + 10 WHERE room_id = 1",
};

for (const [which, sql] of Object.entries(swaps)) {
  Deno.test(`a text ${which} does not open, and the other room's do as far as they are untouched`, () =>
    withTampered(sql, (store) => {
      assert.deepEqual(texts(store, 1), told[which] ?? allDamaged);
      if (which !== "of another room") assert.deepEqual(texts(store, 2).length, 3);
      store.commit([eventOf(1, 20, 1), eventOf(2, 20, 1)]);
      assert.deepEqual([...store.events.before(1, 99, 1)].map(({ text }) => text), ["text 20 of 1"]);
    }));
}

Deno.test("passwords and second factors of other accounts do not open, and those of a third do", () =>
  withTampered(
    [swap("credential", "password", "account_id = 1", "account_id = 2"), "DROP TABLE temp.before"].join(";") +
      ";" +
      swap("second_factor", "secret", "account_id = 1", "account_id = 2"),
    (store) => {
      for (const id of [1, 2]) {
        assert.throws(() => store.people.passwordOf(id), Unreadable);
        assert.throws(() => store.people.secondFactorOf(id), Unreadable);
      }
      store.commit(accountOf(3));
      assert.equal(store.people.passwordOf(3), "$hash 3");
    },
  ));

Deno.test("a password in the place of a second factor's secret does not open", () =>
  withTampered(
    "UPDATE second_factor SET secret = (SELECT password FROM credential WHERE account_id = 1) WHERE account_id = 1",
    (store) => assert.throws(() => store.people.secondFactorOf(1), Unreadable),
  ));

Deno.test("a damaged topic is told in its place, and the store opens", () =>
  withTampered(swap("room", "topic", "id = 1", "id = 2"), (store) => {
    for (const { topic } of store.rooms.rooms()) assert.match(topic ?? "", /damaged/);
  }));

Deno.test("a room whose data key is gone or changed loses its texts, no other room's, and nothing new", async () => {
  for (
    const sql of ["DELETE FROM key WHERE scope = 1", "UPDATE key SET wrapped = zeroblob(60) WHERE scope = 1"]
  ) {
    await withTampered(sql, (store) => {
      assert.deepEqual(texts(store, 1), allDamaged);
      assert.equal(texts(store, 2).length, 3);
      store.commit([eventOf(1, 20, 1), eventOf(2, 20, 1)]);
      assert.deepEqual([...store.events.before(1, 99, 1)].map(({ text }) => text), ["text 20 of 1"]);
    });
  }
});
