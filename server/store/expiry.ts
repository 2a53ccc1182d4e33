/** Finds messages whose time is over. */
import type { DatabaseSync } from "node:sqlite";
import { integer, optional, type Row } from "./row.ts";

/** What is over: messages that end by themselves at `now` or before, and all that were said at `until` or before. */
export interface Horizon {
  readonly now: number;
  readonly until: number;
}

/** A message that is over and still there. */
export interface OverRow {
  readonly seq: number;
  readonly accountId: number;
  readonly thread: number | undefined;
}

/** Of the messages of a room that are still there. */
export interface ExpiryReader {
  /** At most `limit` that are over, in the order of their `seq`: those that have been over longest come first. */
  over(roomId: number, horizon: Horizon, limit: number): OverRow[];
  /** Those that are over of the given ones. */
  overAmong(roomId: number, seqs: readonly number[], horizon: Horizon): number[];
  /** When the first one ends by itself, and when the oldest one was said. */
  earliest(roomId: number): { readonly expires: number | undefined; readonly said: number | undefined };
}

export function prepareExpiry(database: DatabaseSync): ExpiryReader {
  const columns = "SELECT seq, account_id, thread FROM event";
  const there = "type = 'message' AND text IS NOT NULL";
  const expiring = database.prepare(
    `${columns} INDEXED BY event_expiring WHERE room_id = ? AND expires <= ? ORDER BY expires LIMIT ?`,
  );
  const aged = database.prepare(
    `${columns} INDEXED BY event_by_age WHERE room_id = ? AND ${there} AND time <= ? ORDER BY time LIMIT ?`,
  );
  const among = database.prepare(
    `SELECT seq FROM event
      WHERE room_id = ? AND seq IN (SELECT value FROM json_each(?)) AND ${there} AND (expires <= ? OR time <= ?)`,
  );
  const firstEnd = database.prepare(
    `SELECT expires FROM event INDEXED BY event_expiring
      WHERE room_id = ? AND expires IS NOT NULL ORDER BY expires LIMIT 1`,
  );
  const oldest = database.prepare(
    `SELECT time FROM event INDEXED BY event_by_age WHERE room_id = ? AND ${there} ORDER BY time LIMIT 1`,
  );
  return {
    over(roomId, { now, until }, limit) {
      const found = [...expiring.all(roomId, now, limit), ...aged.all(roomId, until, limit)].map(toOver);
      const bySeq = new Map(found.map((row) => [row.seq, row]));
      return [...bySeq.values()].slice(0, limit).sort((one, other) => one.seq - other.seq);
    },
    overAmong: (roomId, seqs, { now, until }) =>
      among.all(roomId, JSON.stringify(seqs), now, until).map((row) => integer(row, "seq")),
    earliest: (roomId) => ({
      expires: optional(integer, firstEnd.get(roomId) ?? { expires: null }, "expires"),
      said: optional(integer, oldest.get(roomId) ?? { time: null }, "time"),
    }),
  };
}

function toOver(row: Row): OverRow {
  return {
    seq: integer(row, "seq"),
    accountId: integer(row, "account_id"),
    thread: optional(integer, row, "thread"),
  };
}
