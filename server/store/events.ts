/** Reads rooms' logs. */
import type { DatabaseSync } from "node:sqlite";
import { roomEventTypes } from "../../shared/protocol/mod.ts";
import { type Call, calls, type EventRow } from "./change.ts";
import type { Keyring } from "../keyring/mod.ts";
import { placeOfText } from "./places.ts";
import { bytes, integer, optional, type Row, string, word } from "./row.ts";

/** A text that was damaged is told as such, so that the others can be read. Where the root key is gone these throw KeyTrouble. */
export interface EventReader {
  /** At most `limit` events with `seq` above `after`, oldest first. */
  after(roomId: number, after: number, limit: number): Iterable<EventRow>;
  /** At most `limit` events with `seq` below `before`, newest first. */
  before(roomId: number, before: number, limit: number): Iterable<EventRow>;
  /** The event with this `seq`, if there is one. */
  at(roomId: number, seq: number): EventRow | undefined;
  /** At most `limit` replies of a thread with `seq` above `after`, oldest first. */
  repliesAfter(roomId: number, thread: number, after: number, limit: number): Iterable<EventRow>;
  /** At most `limit` replies of a thread with `seq` below `before`, newest first. */
  repliesBefore(roomId: number, thread: number, before: number, limit: number): Iterable<EventRow>;
  /** The events with these `seq`, oldest first. */
  listed(roomId: number, seqs: readonly number[]): EventRow[];
  /** The pinned messages of a room with `seq` below `before`, newest first. */
  pinned(roomId: number, before: number): Iterable<EventRow>;
  pinnedCount(roomId: number): number;
  /** The newest message that this account sent here with this nonce at or after `since`, if any. */
  withNonce(accountId: number, roomId: number, nonce: string, since: number): EventRow | undefined;
}

export function prepareEvents(database: DatabaseSync, keyring: Keyring): EventReader {
  const columns =
    "SELECT seq, type, account_id, time, text, target, thread, quote, reaction, subject_id, calls, edited, pinned, expires, targets FROM event";
  const after = database.prepare(`${columns} WHERE room_id = ? AND seq > ? ORDER BY seq LIMIT ?`);
  const before = database.prepare(`${columns} WHERE room_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?`);
  // Where an index is named, SQLite left to itself reads the room along its `seq`: the longer the more was said in it.
  const withNonce = database.prepare(
    `${columns} INDEXED BY event_by_nonce
      WHERE account_id = ? AND room_id = ? AND nonce = ? AND time >= ? ORDER BY seq DESC LIMIT 1`,
  );
  const at = database.prepare(`${columns} WHERE room_id = ? AND seq = ?`);
  const repliesAfter = database.prepare(
    `${columns} INDEXED BY event_by_thread WHERE room_id = ? AND thread = ? AND seq > ? ORDER BY seq LIMIT ?`,
  );
  const repliesBefore = database.prepare(
    `${columns} INDEXED BY event_by_thread WHERE room_id = ? AND thread = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
  );
  const listed = database.prepare(
    `${columns} WHERE room_id = ? AND seq IN (SELECT value FROM json_each(?)) ORDER BY seq`,
  );
  const pinned = database.prepare(
    `${columns} INDEXED BY event_pinned WHERE room_id = ? AND pinned = 1 AND seq < ? ORDER BY seq DESC`,
  );
  const pinnedCount = database.prepare(
    "SELECT count(*) AS count FROM event INDEXED BY event_pinned WHERE room_id = ? AND pinned = 1",
  );
  return {
    at(roomId, seq) {
      const row = at.get(roomId, seq);
      return row === undefined ? undefined : toEvent(keyring, roomId, row);
    },
    repliesAfter: (roomId, thread, seq, limit) =>
      eachEvent(keyring, roomId, repliesAfter.all(roomId, thread, seq, limit)),
    repliesBefore: (roomId, thread, seq, limit) =>
      eachEvent(keyring, roomId, repliesBefore.all(roomId, thread, seq, limit)),
    listed: (roomId, seqs) => [...eachEvent(keyring, roomId, listed.all(roomId, JSON.stringify(seqs)))],
    pinned: (roomId, seq) => eachEvent(keyring, roomId, pinned.all(roomId, seq)),
    pinnedCount: (roomId) => integer(pinnedCount.get(roomId) ?? {}, "count"),
    after: (roomId, seq, limit) => eachEvent(keyring, roomId, after.all(roomId, seq, limit)),
    before: (roomId, seq, limit) => eachEvent(keyring, roomId, before.all(roomId, seq, limit)),
    withNonce(accountId, roomId, nonce, since) {
      const row = withNonce.get(accountId, roomId, nonce, since);
      return row === undefined ? undefined : toEvent(keyring, roomId, row);
    },
  };
}

/** Rows are read as they are asked for: a page that is full early reads no further. */
function* eachEvent(keyring: Keyring, roomId: number, rows: Iterable<Row>): Generator<EventRow, void> {
  for (const row of rows) yield toEvent(keyring, roomId, row);
}

function toEvent(keyring: Keyring, roomId: number, row: Row): EventRow {
  const seq = integer(row, "seq");
  const accountId = integer(row, "account_id");
  const event = {
    seq,
    type: word(row, "type", roomEventTypes),
    accountId,
    time: integer(row, "time"),
    target: optional(integer, row, "target"),
    thread: optional(integer, row, "thread"),
    quote: optional(integer, row, "quote"),
    reaction: optional(integer, row, "reaction"),
    subjectId: optional(integer, row, "subject_id"),
    calls: optional(call, row, "calls"),
    edited: optional(integer, row, "edited"),
    pinned: integer(row, "pinned") === 1,
    expires: optional(integer, row, "expires"),
    targets: optional(numbers, row, "targets"),
  };
  const sealed = optional(bytes, row, "text");
  if (sealed === undefined) return { ...event, text: undefined };
  const text = keyring.openIntact(placeOfText(roomId, seq, accountId), sealed);
  return text === undefined ? { ...event, text, damaged: true } : { ...event, text };
}

function numbers(row: Row, column: string): number[] {
  return JSON.parse(string(row, column));
}

function call(row: Row, column: string): Call {
  return word(row, column, calls);
}
