/** Reads where one person stands: what they have not read, what means them, what they have not sent. */
import type { DatabaseSync } from "node:sqlite";
import type { Keyring } from "../keyring/mod.ts";
import type { DraftRow } from "./change.ts";
import { damagedText } from "./damaged_text.ts";
import { placeOfDraft } from "./places.ts";
import { bytes, integer, type Row } from "./row.ts";

export interface UnreadRow {
  readonly roomId: number;
  readonly unread: number;
  readonly mentions: number;
}

/** A message that means an account. */
export interface MentionRow {
  /** Its place among those that mean the account. */
  readonly number: number;
  readonly roomId: number;
  readonly seq: number;
}

export interface PersonalReader {
  /**
   * For each room of the account, the messages of others above its mark, replies not counted, and those of them that
   * mean the account; at most `max` each.
   */
  unread(accountId: number, max: number): UnreadRow[];
  /** The same for one room, up to `upTo`. */
  unreadIn(roomId: number, accountId: number, upTo: number, max: number): UnreadRow;
  /** At most `limit` messages of the account's rooms that mean it, whose number is below `before`, newest first. */
  mentionsOf(accountId: number, before: number, limit: number): MentionRow[];
  /** Where drafts are, oldest first. */
  draftPlaces(accountId: number): Omit<DraftRow, "accountId" | "text">[];
  /** Those in the account's rooms that were written before the time `before`, newest first. */
  drafts(accountId: number, before: number): Iterable<DraftRow>;
}

/** Drafts are read a few at a time: all of them may be some megabytes, of which a page shows a part. */
const draftsAtOnce = 10;

/** Counts end at ?2, so that none takes longer than a glance, and at the event ?3. */
const unreadOf = `
  SELECT room_id,
         (SELECT count(*) FROM (
            SELECT 1 FROM said
             WHERE room_id = membership.room_id AND thread = 0 AND seq > membership.read AND seq <= ?3
               AND account_id <> ?1
             LIMIT ?2)) AS unread,
         (SELECT count(*) FROM (
            SELECT 1 FROM mention
             WHERE account_id = ?1 AND room_id = membership.room_id AND seq > membership.read AND seq <= ?3
               AND reply = 0
             LIMIT ?2)) AS mentions
    FROM membership`;

export function preparePersonal(database: DatabaseSync, keyring: Keyring): PersonalReader {
  const unread = database.prepare(`${unreadOf} WHERE account_id = ?1`);
  const unreadIn = database.prepare(`${unreadOf} WHERE account_id = ?1 AND room_id = ?4`);
  const mentionsOf = database.prepare(
    `SELECT number, room_id, seq FROM mention
      WHERE account_id = ?1 AND number < ?2
        AND EXISTS (SELECT 1 FROM membership WHERE room_id = mention.room_id AND account_id = ?1)
      ORDER BY number DESC LIMIT ?3`,
  );
  const draftPlaces = database.prepare(
    "SELECT room_id, thread, time FROM draft WHERE account_id = ? ORDER BY time",
  );
  const drafts = database.prepare(
    `SELECT account_id, room_id, thread, time, text FROM draft
      WHERE account_id = ?1 AND time < ?2
        AND EXISTS (SELECT 1 FROM membership WHERE room_id = draft.room_id AND account_id = ?1)
      ORDER BY time DESC LIMIT ?3`,
  );
  return {
    unread: (accountId, max) => unread.all(accountId, max, Number.MAX_SAFE_INTEGER).map(toUnread),
    unreadIn(roomId, accountId, upTo, max) {
      const row = unreadIn.get(accountId, max, upTo, roomId);
      return row === undefined ? { roomId, unread: 0, mentions: 0 } : toUnread(row);
    },
    mentionsOf: (accountId, before, limit) =>
      mentionsOf.all(accountId, before, limit).map((row) => ({
        number: integer(row, "number"),
        roomId: integer(row, "room_id"),
        seq: integer(row, "seq"),
      })),
    draftPlaces: (accountId) =>
      draftPlaces.all(accountId).map((row) => ({
        roomId: integer(row, "room_id"),
        thread: integer(row, "thread"),
        time: integer(row, "time"),
      })),
    *drafts(accountId, before) {
      for (let end = before, rows: Row[];;) {
        rows = drafts.all(accountId, end, draftsAtOnce);
        for (const row of rows) yield toDraft(keyring, row);
        const last = rows.at(-1);
        if (last === undefined || rows.length < draftsAtOnce) return;
        end = integer(last, "time");
      }
    },
  };
}

function toUnread(row: Row): UnreadRow {
  return {
    roomId: integer(row, "room_id"),
    unread: integer(row, "unread"),
    mentions: integer(row, "mentions"),
  };
}

function toDraft(keyring: Keyring, row: Row): DraftRow {
  const accountId = integer(row, "account_id"),
    roomId = integer(row, "room_id"),
    thread = integer(row, "thread");
  const text = keyring.openIntact(placeOfDraft(roomId, thread, accountId), bytes(row, "text")) ?? damagedText;
  return { accountId, roomId, thread, time: integer(row, "time"), text };
}
