/** Reads rooms' logs. */
import type { DatabaseSync } from "node:sqlite";
import type { RoomEventType } from "../../shared/protocol/mod.ts";
import type { EventRow } from "./change.ts";

export interface EventReader {
  /** At most `limit` events with `seq` above `after`, oldest first. */
  after(roomId: number, after: number, limit: number): EventRow[];
  /** At most `limit` events with `seq` below `before`, newest first. */
  before(roomId: number, before: number, limit: number): EventRow[];
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
    after: (roomId, seq, limit) => after.all(roomId, seq, limit).map(toEvent),
    before: (roomId, seq, limit) => before.all(roomId, seq, limit).map(toEvent),
    withNonce(accountId, roomId, nonce, since) {
      const row = withNonce.get(accountId, roomId, nonce, since);
      return row === undefined ? undefined : toEvent(row);
    },
  };
}

type Row = Readonly<Record<string, unknown>>;

function toEvent(row: Row): EventRow {
  return {
    seq: row.seq as number,
    type: row.type as RoomEventType,
    accountId: row.account_id as number,
    time: row.time as number,
    text: (row.text as string | null) ?? undefined,
  };
}
