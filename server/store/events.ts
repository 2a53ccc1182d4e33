/** Reads rooms' logs. */
import type { DatabaseSync } from "node:sqlite";
import { roomEventTypes } from "../../shared/protocol/mod.ts";
import type { EventRow } from "./change.ts";
import { type Keyring, Unreadable } from "../keyring/mod.ts";
import { placeOfText } from "./places.ts";
import { bytes, integer, optional, type Row, word } from "./row.ts";

/** A text that was damaged is told as such, so that the others can be read. Where the root key is gone these throw KeyTrouble. */
export interface EventReader {
  /** At most `limit` events with `seq` above `after`, oldest first. */
  after(roomId: number, after: number, limit: number): Iterable<EventRow>;
  /** At most `limit` events with `seq` below `before`, newest first. */
  before(roomId: number, before: number, limit: number): Iterable<EventRow>;
  /** The newest message that this account sent here with this nonce at or after `since`, if any. */
  withNonce(accountId: number, roomId: number, nonce: string, since: number): EventRow | undefined;
}

export function prepareEvents(database: DatabaseSync, keyring: Keyring): EventReader {
  const columns = "SELECT seq, type, account_id, time, text FROM event";
  const after = database.prepare(`${columns} WHERE room_id = ? AND seq > ? ORDER BY seq LIMIT ?`);
  const before = database.prepare(`${columns} WHERE room_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?`);
  // Left to itself, SQLite reads the room along its `seq` instead: the longer the more was said in it.
  const withNonce = database.prepare(
    `${columns} INDEXED BY event_by_nonce
      WHERE account_id = ? AND room_id = ? AND nonce = ? AND time >= ? ORDER BY seq DESC LIMIT 1`,
  );
  return {
    after: (roomId, seq, limit) => eachEvent(keyring, roomId, after.iterate(roomId, seq, limit)),
    before: (roomId, seq, limit) => eachEvent(keyring, roomId, before.iterate(roomId, seq, limit)),
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
  };
  const sealed = optional(bytes, row, "text");
  try {
    return { ...event, text: sealed && keyring.open(placeOfText(roomId, seq, accountId), sealed) };
  } catch (error) {
    if (error instanceof Unreadable) return { ...event, text: undefined, damaged: true };
    throw error;
  }
}
