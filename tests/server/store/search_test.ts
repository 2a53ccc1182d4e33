import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { DatabaseSync } from "node:sqlite";
import { rootKeyFile } from "../../../server/keyring/mod.ts";
import type { Change } from "../../../server/store/change.ts";
import { type OpenDatabase, openDatabase } from "../../../server/store/database.ts";
import { migrations } from "../../../server/store/migrations.ts";
import { openStore, rootKeyPathBeside, type Store } from "../../../server/store/mod.ts";
import { placeOfText } from "../../../server/store/places.ts";
import type { SearchWish } from "../../../server/store/search.ts";
import { blockMessages, Tokens } from "../../../server/store/search_entries.ts";
import { storeOn } from "../../../server/store/store.ts";
import { canariesIn } from "../../../scripts/bars/canaries.ts";
import { withDirectory } from "../../kit/directory.ts";

const anything: SearchWish = {
  phrases: [],
  accountId: undefined,
  feature: undefined,
  roomIds: undefined,
  after: undefined,
  until: undefined,
  before: undefined,
};

interface OpenStore extends OpenDatabase {
  readonly store: Store;
}

/** The database in this directory, with one account and one room if it is new. */
function open(directory: string): OpenStore {
  const path = `${directory}/chat.db`;
  const opened = openDatabase(path, rootKeyFile(rootKeyPathBeside(path)));
  const store = storeOn(opened);
  if (store.people.accounts().length === 0) store.commit(people);
  return { ...opened, store };
}

const people: readonly Change[] = [
  { kind: "account", account: { id: 1, name: "ana", role: "owner" }, password: "$", time: 0 },
  {
    kind: "room",
    room: {
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
    },
    time: 0,
  },
];

function said(seq: number, text: string): Change {
  return {
    kind: "event",
    roomId: 1,
    event: { seq, type: "message", accountId: 1, time: seq, text },
    nonce: undefined,
  };
}

function edited(seq: number, text: string): Change {
  return { kind: "message_text", roomId: 1, seq, accountId: 1, text, calls: undefined, time: seq };
}

function indexAll({ search }: Store): void {
  while (search.isBehind()) search.advance(() => false);
}

function seqsWith({ search }: Store, ...words: string[]): number[] {
  const steps = [...search.scan({ ...anything, phrases: words.map((word) => [word]) })];
  return steps.flatMap(({ message }) => message === undefined ? [] : [message.seq]);
}

/** Asks FTS5 itself. */
function checkIndex({ database }: OpenDatabase): void {
  database.exec("INSERT INTO search (search) VALUES ('integrity-check')");
}

Deno.test("no word lies in clear in any file, neither before nor after it is indexed, edited and deleted", () =>
  withDirectory((directory) => {
    const opened = open(directory), { store } = opened;
    const secrets = new Map(["wolverine", "marsupial", "platypus", "東京都庁舎"].map((word) => [word, word]));
    const none = () => assert.deepEqual(canariesIn(directory, secrets), []);
    store.commit([said(1, "the wolverine"), said(2, "a marsupial, 東京都庁舎"), said(3, "the end")]);
    none();
    indexAll(store);
    assert.deepEqual(seqsWith(store, "marsupial"), [2]);
    none();
    store.commit([edited(1, "a platypus"), { kind: "message_deleted", roomId: 1, seq: 2 }]);
    none();
    opened.database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    none();
    store.close();
    none();
  }));

Deno.test("what stands for a word goes with the last message that holds it", () =>
  withDirectory((directory) => {
    const opened = open(directory), { store } = opened;
    const tokens = new Tokens(opened.keyring);
    const texts = Array.from(
      { length: 300 },
      (_, index) => said(index + 1, `message number${index} with common words`),
    );
    store.commit(texts);
    indexAll(store);
    // The beginning may be shared with the token before it.
    const isThere = (word: string) => {
      opened.database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      return Buffer.from(Deno.readFileSync(`${directory}/chat.db`)).includes(
        tokens.of([word], 0).join("").slice(-8),
      );
    };
    for (const seq of [7, 150, 299]) {
      assert.equal(isThere(`number${seq}`), true);
      store.commit([{ kind: "message_deleted", roomId: 1, seq: seq + 1 }]);
      assert.equal(isThere(`number${seq}`), false);
    }
    store.commit([edited(100, "something else")]);
    assert.equal(isThere("number99"), false);
    assert.equal(isThere("else"), true);
    assert.equal(isThere("number98"), true);
    checkIndex(opened);
    store.close();
  }));

Deno.test("a step that fails leaves the position and the index as they were", () =>
  withDirectory((directory) => {
    const opened = open(directory), { store } = opened;
    store.commit([said(1, "tea one"), said(2, "tea two")]);
    const fail = () => {
      throw new Error("the process is about to end");
    };
    assert.throws(() => store.search.advance((done) => done === 1 ? fail() : false));
    assert.equal(store.search.isBehind(), true);
    assert.deepEqual(seqsWith(store, "tea"), []);
    indexAll(store);
    assert.deepEqual(seqsWith(store, "tea"), [2, 1]);
    checkIndex(opened);
    assert.equal(opened.database.prepare("PRAGMA synchronous").get()?.synchronous, 2);
    store.close();
  }));

Deno.test("an indexing process that is killed is gone on from, and each message is found once", () =>
  withDirectory(async (directory) => {
    const before = open(directory);
    const count = 400;
    before.store.commit(Array.from({ length: count }, (_, index) => said(index + 1, `tea ${index}`)));
    before.store.close();
    for (const lines of [1, 7, 20]) await indexAndKill(`${directory}/chat.db`, lines);
    const opened = open(directory), { store } = opened;
    checkIndex(opened);
    assert.equal(store.search.isBehind(), true);
    const found = seqsWith(store, "tea");
    assert.ok(found.length >= 84, `${found.length}`);
    indexAll(store);
    assert.deepEqual(seqsWith(store, "tea"), Array.from({ length: count }, (_, index) => count - index));
    checkIndex(opened);
    store.close();
  }));

/** Lets another process index three messages so many times at least, and kills it without a warning. */
async function indexAndKill(path: string, times: number): Promise<void> {
  const script = new URL("../../kit/indexing_process.ts", import.meta.url).pathname;
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", script, path],
    stdout: "piped",
  }).spawn();
  let heard = "";
  for await (const chunk of process.stdout.pipeThrough(new TextDecoderStream())) {
    heard += chunk;
    if (heard.split("\n").length > times) break;
  }
  process.kill("SIGKILL");
  await process.status;
}

Deno.test("messages far apart are found in their order, and with them those between two times", () =>
  withDirectory((directory) => {
    const opened = open(directory), { store } = opened;
    const hour = 3_600_000;
    const at = (seq: number, time: number): Change => ({
      kind: "event",
      roomId: 1,
      event: { seq, type: "message", accountId: 1, time, text: `tea ${seq}` },
      nonce: undefined,
    });
    store.commit([at(1, hour), at(2, 2 * hour)]);
    opened.database.exec(`UPDATE event SET number = ${blockMessages - 1} WHERE seq = 2`);
    // The clock goes back between the two.
    store.commit([at(3, 5 * hour), at(4, 3 * hour)]);
    opened.database.exec(`UPDATE event SET number = ${5 * blockMessages} WHERE seq = 4`);
    store.commit([at(5, 6 * hour)]);
    indexAll(store);
    const found = (wish: Partial<SearchWish>) =>
      [...store.search.scan({ ...anything, phrases: [["tea"]], ...wish })]
        .flatMap(({ number, message }) => message === undefined ? [] : [[message.seq, number]]);
    const all = [[5, 5 * blockMessages + 1], [4, 5 * blockMessages], [3, blockMessages], [
      2,
      blockMessages - 1,
    ], [1, 1]];
    assert.deepEqual(found({}), all);
    for (const [index, [, number]] of all.entries()) {
      assert.deepEqual(found({ before: number }), all.slice(index + 1));
    }
    const seqs = (wish: Partial<SearchWish>) => found(wish).map(([seq]) => seq);
    assert.deepEqual(seqs({ after: 2 * hour }), [5, 4, 3]);
    assert.deepEqual(seqs({ after: 2 * hour, until: 4 * hour }), [4]);
    assert.deepEqual(seqs({ until: 2 * hour }), [2, 1]);
    assert.deepEqual(seqs({ after: 7 * hour }), []);
    assert.deepEqual(seqs({ until: 10 }), []);
    store.close();
  }));

Deno.test("messages from before there was a search are indexed in the order of their times", () =>
  withDirectory((directory) => {
    const path = `${directory}/chat.db`;
    const { database, keyring } = openDatabase(
      path,
      rootKeyFile(rootKeyPathBeside(path)),
      migrations.slice(0, 4),
    );
    database.exec(`
      INSERT INTO account (id, name, role, created) VALUES (1, 'ana', 'owner', 1);
      INSERT INTO room (id, name, kind, access, created) VALUES (1, 'general', 'standard', 'public', 1),
                                                                (2, 'ops', 'standard', 'public', 1);
    `);
    const insert = database.prepare(
      "INSERT INTO event (room_id, seq, type, account_id, time, text) VALUES (?, ?, ?, 1, ?, ?)",
    );
    const add = (roomId: number, seq: number, time: number, text: string) =>
      insert.run(roomId, seq, "message", time, keyring.seal(placeOfText(roomId, seq, 1), text));
    insert.run(1, 1, "joined", 1, null);
    add(1, 2, 10, "tea one");
    add(2, 1, 20, "tea two");
    add(1, 3, 30, "tea three");
    insert.run(1, 4, "message", 40, null);
    database.close();
    const store = openStore(path);
    store.commit([said(5, "tea four")]);
    indexAll(store);
    const found = [...store.search.scan({ ...anything, phrases: [["tea"]] })];
    assert.deepEqual(
      found.map(({ number, message }) => [number, message?.roomId, message?.seq]),
      [[4, 1, 5], [3, 1, 3], [2, 2, 1], [1, 1, 2]],
    );
    store.close();
  }));

Deno.test("an index that was damaged on the disk is made anew, and stands in nobody's way", () =>
  withDirectory((directory) => {
    const opened = open(directory), { store } = opened;
    store.commit([said(1, "tea one"), said(2, "tea two"), said(3, "tea three"), said(4, "tea four")]);
    indexAll(store);
    damageIndex(directory);
    store.search.mending(() => void seqsWith(store, "tea"));
    assert.equal(store.search.isBehind(), true);
    assert.deepEqual(seqsWith(store, "tea"), []);
    indexAll(store);
    assert.deepEqual(seqsWith(store, "tea"), [4, 3, 2, 1]);
    damageIndex(directory);
    store.commit([edited(1, "tea anew"), { kind: "message_deleted", roomId: 1, seq: 2 }]);
    indexAll(store);
    assert.deepEqual(seqsWith(store, "tea"), [4, 3, 1]);
    assert.deepEqual(seqsWith(store, "anew"), [1]);
    checkIndex(opened);
    store.close();
  }));

/** As a disk does that has lost what was written. */
function damageIndex(directory: string): void {
  // Deno's types do not know it yet; without it such tables cannot be written to.
  const options = { timeout: 1_000, defensive: false };
  const database = new DatabaseSync(`${directory}/chat.db`, options);
  // The first rows say where the others are.
  database.exec("DELETE FROM search_data WHERE id > 10");
  database.close();
}
