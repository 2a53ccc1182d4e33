/** Reads rooms' logs. */
import type { DatabaseSync } from "node:sqlite";
import { roomEventTypes } from "../../shared/protocol/mod.ts";
import type { EventRow } from "./change.ts";
import { integer, optional, type Row, string, word } from "./row.ts";

export interface EventReader {
  /** At most `limit` events with `seq` above `after`, oldest first. */
  after(roomId: number, after: number, limit: number): Iterable<EventRow>;
  /** At most `limit` events with `seq` below `before`, newest first. */
  before(roomId: number, before: number, limit: number): Iterable<EventRow>;
  /** The newest message that this account sent here with this nonce at or after `since`, if any. */
  withNonce(accountId: number, roomId: number, nonce: string, since: number): EventRow | undefined;
}

export function prepareEvents(database: DatabaseSync): EventReader {
  const columns = "SELECT seq, type, account_id, time, text FROM event";
  const after = database.prepare(`${columns} WHERE room_id = ? AND seq > ? ORDER BY seq LIMIT ?`);
  const before = database.prepare(`${columns} WHERE room_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?`);
  const withNonce = database.prepare(
    `${columns} WHERE account_id = ? AND room_id = ? AND nonce = ? AND time >= ? ORDER BY seq DESC LIMIT 1`,
  );
  return {
    after: (roomId, seq, limit) => eachEvent(after.iterate(roomId, seq, limit)),
    before: (roomId, seq, limit) => eachEvent(before.iterate(roomId, seq, limit)),
    withNonce(accountId, roomId, nonce, since) {
      const row = withNonce.get(accountId, roomId, nonce, since);
      return row === undefined ? undefined : toEvent(row);
    },
  };
}

/** Rows are read as they are asked for: a page that is full early reads no further. */
function* eachEvent(rows: Iterable<Row>): Generator<EventRow, void> {
  for (const row of rows) yield toEvent(row);
}

function toEvent(row: Row): EventRow {
  return {
    seq: integer(row, "seq"),
    type: word(row, "type", roomEventTypes),
    accountId: integer(row, "account_id"),
    time: integer(row, "time"),
    text: optional(string, row, "text"),
  };
}
