/** Reads how people stand to threads. A thread is named by its first message. */
import type { DatabaseSync } from "node:sqlite";
import type { ThreadMarkRow } from "./change.ts";
import { integer, optional, type Row } from "./row.ts";

/** A thread that somebody follows. */
export interface FollowedRow extends ThreadMarkRow {
  /** Its newest reply that was not deleted; without any, its first message. */
  readonly newest: number;
  /** When that one was said. */
  readonly time: number;
  /** Replies of others above `read`. */
  readonly unread: number;
}

export interface ThreadReader {
  mark(accountId: number, roomId: number, seq: number): ThreadMarkRow | undefined;
  /** Replies of others above `read` and up to `last`, at most `max`. */
  unread(mark: ThreadMarkRow, last: number, max: number): number;
  /**
   * The threads that the account follows in the rooms that it is in, whose newest message was said before `before` in
   * milliseconds, the newest first, at most `limit`. At most `unreadMax` unread replies are counted.
   */
  followed(accountId: number, before: number, limit: number, unreadMax: number): FollowedRow[];
  /** How those who follow a thread stand to it. */
  followers(roomId: number, seq: number): ThreadMarkRow[];
}

export function prepareThreads(database: DatabaseSync): ThreadReader {
  const columns = "account_id, room_id, seq, following, read";
  const mark = database.prepare(
    `SELECT ${columns} FROM thread_mark WHERE account_id = ? AND room_id = ? AND seq = ?`,
  );
  const unread = database.prepare(
    `SELECT count(*) AS count FROM (SELECT 1 FROM said
      WHERE room_id = ? AND thread = ? AND seq > ? AND seq <= ? AND account_id <> ? LIMIT ?)`,
  );
  const followed = database.prepare(
    `SELECT ${columns}, newest, time FROM (
       SELECT mark.*, event.seq AS newest, event.time AS time
         FROM thread_mark AS mark JOIN membership USING (account_id, room_id)
         JOIN event ON event.room_id = mark.room_id AND event.seq = coalesce(
           (SELECT max(seq) FROM said WHERE room_id = mark.room_id AND thread = mark.seq),
           mark.seq)
        WHERE mark.account_id = ? AND mark.following = 1)
      WHERE time < ? ORDER BY time DESC, room_id, newest DESC LIMIT ?`,
  );
  const followers = database.prepare(
    `SELECT ${columns} FROM thread_mark WHERE room_id = ? AND seq = ? AND following = 1`,
  );
  const countUnread = ({ accountId, roomId, seq, read }: ThreadMarkRow, last: number, max: number) =>
    integer(unread.get(roomId, seq, read, last, accountId, max) ?? {}, "count");
  return {
    mark(accountId, roomId, seq) {
      const row = mark.get(accountId, roomId, seq);
      return row === undefined ? undefined : toMark(row);
    },
    unread: countUnread,
    followed: (accountId, before, limit, unreadMax) =>
      followed.all(accountId, before, limit).map((row) => {
        const one = toMark(row), newest = integer(row, "newest");
        return { ...one, newest, time: integer(row, "time"), unread: countUnread(one, newest, unreadMax) };
      }),
    followers: (roomId, seq) => followers.all(roomId, seq).map(toMark),
  };
}

function toMark(row: Row): ThreadMarkRow {
  const following = optional(integer, row, "following");
  return {
    accountId: integer(row, "account_id"),
    roomId: integer(row, "room_id"),
    seq: integer(row, "seq"),
    following: following === undefined ? undefined : following === 1,
    read: integer(row, "read"),
  };
}
