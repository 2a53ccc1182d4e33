/** Keeps the search index: what is said is added some time after it was stored, what is changed at once. */
import type { DatabaseSync } from "node:sqlite";
import type { Keyring } from "../keyring/mod.ts";
import { inTransaction, unhurriedly } from "./connection.ts";
import { placeOfText } from "./places.ts";
import { bytes, integer, optional, type Row } from "./row.ts";
import { type IndexedMessage, prepareEntries, type Tokens } from "./search_entries.ts";

export interface SearchIndex {
  /** Whether messages are stored that are not yet indexed. */
  isBehind(): boolean;
  /**
   * Indexes the oldest messages that are not, until `isEnough`, which is asked before each with how many are done. They
   * are indexed whole or not at all. A crash of the machine may take back what was indexed last. Throws NotCommitted.
   */
  advance(isEnough: (done: number) => boolean): void;
  /** How many messages are in it, and how many were taken out since its pages were put in order. */
  order(): { readonly messages: number; readonly gone: number };
  /** Begins to put them in order, or where that `isBegun` does some more of it. Whether there is more to do. Throws NotCommitted. */
  pack(isBegun: boolean): boolean;
  /** Does the work; where the index turns out to be damaged, throws it away instead, to be made anew from the messages. */
  mending(work: () => void): void;
}

const columns = "SELECT number, room_id, seq, account_id, time, text FROM event";

export function prepareIndex(database: DatabaseSync, keyring: Keyring, tokens: Tokens): SearchIndex {
  const waiting = `INDEXED BY event_by_number WHERE number > (SELECT number FROM search_position)`;
  const behind = database.prepare(`SELECT 1 FROM event ${waiting} LIMIT 1`);
  const messages = database.prepare(`${columns} ${waiting} ORDER BY number`);
  const entries = prepareEntries(database, tokens);
  const hour = database.prepare(
    `INSERT INTO search_hour (hour, first, last) VALUES (?1, ?2, ?2)
     ON CONFLICT (hour) DO UPDATE SET first = min(first, ?2), last = max(last, ?2)`,
  );
  const position = database.prepare("UPDATE search_position SET number = ?");
  const merge = database.prepare("INSERT INTO search (search, rank) VALUES ('merge', ?)");
  const work = (part: () => void) =>
    unhurriedly(database, () => mending(database, () => inTransaction(database, part)));
  const step = (isEnough: (done: number) => boolean) => {
    let reached: number | undefined;
    let done = 0;
    for (const row of messages.iterate()) {
      if (isEnough(done)) break;
      done++;
      reached = integer(row, "number");
      const message = readMessage(keyring, row);
      if (message !== undefined) entries.add(message);
      hour.run(hourOf(integer(row, "time")), reached);
    }
    if (reached === undefined) return;
    position.run(reached);
    // As many pages are put in order as messages were added: by that no step has to put many.
    merge.run(done);
  };
  return {
    isBehind: () => behind.get() !== undefined,
    advance: (isEnough) => work(() => step(isEnough)),
    ...preparePacking(database, work),
    mending: (work) => mending(database, work),
  };
}

/** So many pages one step of putting it in order writes. */
const packedPages = 16;

function preparePacking(
  database: DatabaseSync,
  work: (part: () => void) => void,
): Pick<SearchIndex, "order" | "pack"> {
  const order = database.prepare(
    "SELECT max(0, number - gone) AS messages, gone - packed AS gone FROM search_position",
  );
  const merge = database.prepare("INSERT INTO search (search, rank) VALUES ('merge', ?)");
  const changes = database.prepare("SELECT total_changes() AS count");
  const packed = database.prepare("UPDATE search_position SET packed = gone");
  const count = () => integer(changes.get() ?? {}, "count");
  return {
    order() {
      const row = order.get() ?? {};
      return { messages: integer(row, "messages"), gone: integer(row, "gone") };
    },
    pack(isBegun) {
      let more = false;
      work(() => {
        const before = count();
        // A number below 0 says that all parts of the index are to become one.
        merge.run(isBegun ? packedPages : -packedPages);
        // Where there was nothing to do, that is one change at most (FTS5, "The 'merge' Command").
        more = count() - before >= 2;
        if (!more) packed.run();
      });
      return more;
    },
  };
}

function mending(database: DatabaseSync, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Error && /malformed|fts5: corrupt/.test(error.message))) throw error;
    if (database.isTransaction) database.exec(beginAnew);
    else inTransaction(database, () => database.exec(beginAnew));
  }
}

const beginAnew = `
  INSERT INTO search (search) VALUES ('delete-all');
  UPDATE search_position SET number = 0, gone = 0, packed = 0;
  DELETE FROM search_hour;
`;

const hourMs = 60 * 60 * 1000;

/** The hour of a time, counted since the Unix epoch. */
export function hourOf(time: number): number {
  return Math.floor(time / hourMs);
}

/** Keeps what is indexed of a message in step with it. To be called within the transaction that changes it. */
export interface IndexedChanges {
  /** Before they are changed. */
  forget(roomId: number, seqs: readonly number[]): void;
  /** After it was changed. */
  remember(roomId: number, seq: number): void;
}

export function prepareIndexedChanges(
  database: DatabaseSync,
  keyring: Keyring,
  tokens: Tokens,
): IndexedChanges {
  const entries = prepareEntries(database, tokens);
  // What is damaged shall show while it can be mended, and not in the commit.
  const flush = database.prepare("INSERT INTO search (search) VALUES ('flush')");
  const gone = database.prepare("UPDATE search_position SET gone = gone + ?");
  const change = (work: () => void, removed: number) =>
    mending(database, () => {
      work();
      flush.run();
      gone.run(removed);
    });
  const indexed = database.prepare(
    `${columns} WHERE room_id = ? AND seq = ? AND number <= (SELECT number FROM search_position)`,
  );
  const find = (roomId: number, seq: number) => {
    const row = indexed.get(roomId, seq);
    return row === undefined ? undefined : readMessage(keyring, row);
  };
  return {
    forget(roomId, seqs) {
      const messages = seqs.map((seq) => find(roomId, seq)).filter((message) => message !== undefined);
      if (messages.length > 0) {
        change(() => messages.forEach((message) => entries.remove(message)), messages.length);
      }
    },
    remember(roomId, seq) {
      const message = find(roomId, seq);
      if (message !== undefined) change(() => entries.add(message), -1);
    },
  };
}

/** Of a message that was deleted or damaged there is nothing to index. */
function readMessage(keyring: Keyring, row: Row): IndexedMessage | undefined {
  const number = integer(row, "number"), roomId = integer(row, "room_id");
  const seq = integer(row, "seq"), accountId = integer(row, "account_id");
  const sealed = optional(bytes, row, "text");
  if (sealed === undefined) return undefined;
  const text = keyring.openIntact(placeOfText(roomId, seq, accountId), sealed);
  return text === undefined ? undefined : { number, roomId, accountId, text };
}
