/** Reads what belongs to messages beside their rows: what people put to them, what was said before, whom they mean. */
import type { DatabaseSync } from "node:sqlite";
import type { Keyring } from "../keyring/mod.ts";
import type { RevisionRow } from "./change.ts";
import { damagedText } from "./damaged_text.ts";
import { placeOfRevision, placeOfText } from "./places.ts";
import { bytes, integer, string } from "./row.ts";

export interface ReactionRow {
  /** The message that it was put to. */
  readonly target: number;
  /** The event that put it. */
  readonly seq: number;
  readonly accountId: number;
  readonly emoji: string;
}

/** What was replied to a message, but for what was deleted. */
export interface RepliesRow {
  readonly thread: number;
  readonly count: number;
  readonly newest: number;
  /** Who wrote the newest replies, the newest first, as many as were asked for; each as often as they did. */
  readonly accountIds: readonly number[];
}

export interface NamedRow {
  /** The message. */
  readonly seq: number;
  /** Whom it names. */
  readonly accountId: number;
}

/** Of the messages of a room with the given `seqs`, all at once. */
export interface MessageDetails {
  /** By message, those of one oldest first. */
  reactions(roomId: number, seqs: readonly number[]): ReactionRow[];
  /** How many there are, by message: to open them takes a hundred times as long. */
  reactionCounts(roomId: number, seqs: readonly number[]): ReadonlyMap<number, number>;
  /** For those that have replies; of each the writers of its `newest` newest ones. */
  replies(roomId: number, seqs: readonly number[], newest: number): RepliesRow[];
  /** Whom they mean by name. */
  named(roomId: number, seqs: readonly number[]): NamedRow[];
  /** The accounts that one message means, by name or not. */
  meant(roomId: number, seq: number): number[];
  /** The earlier texts of one message, but for the first `skipped`, oldest first. */
  revisions(roomId: number, seq: number, skipped: number): Iterable<RevisionRow>;
  revisionCount(roomId: number, seq: number): number;
}

export function prepareMessageDetails(database: DatabaseSync, keyring: Keyring): MessageDetails {
  return {
    ...prepareReactions(database, keyring),
    ...prepareOthers(database),
    ...prepareRevisions(database, keyring),
  };
}

function prepareReactions(
  database: DatabaseSync,
  keyring: Keyring,
): Pick<MessageDetails, "reactions" | "reactionCounts"> {
  const reactions = database.prepare(
    `SELECT target, seq, account_id, text FROM event INDEXED BY event_reaction
      WHERE room_id = ? AND target IN (SELECT value FROM json_each(?)) AND type = 'reacted' AND text IS NOT NULL
      ORDER BY target, seq`,
  );
  const counts = database.prepare(
    `SELECT target, count(*) AS count FROM event INDEXED BY event_reaction
      WHERE room_id = ? AND target IN (SELECT value FROM json_each(?)) AND type = 'reacted' AND text IS NOT NULL
      GROUP BY target`,
  );
  return {
    reactionCounts: (roomId, seqs) =>
      new Map(
        counts.all(roomId, JSON.stringify(seqs)).map((
          row,
        ) => [integer(row, "target"), integer(row, "count")]),
      ),
    reactions: (roomId, seqs) =>
      reactions.all(roomId, JSON.stringify(seqs)).flatMap((row) => {
        const seq = integer(row, "seq"), accountId = integer(row, "account_id");
        const emoji = keyring.openIntact(placeOfText(roomId, seq, accountId), bytes(row, "text"));
        return emoji === undefined ? [] : [{ target: integer(row, "target"), seq, accountId, emoji }];
      }),
  };
}

function prepareOthers(database: DatabaseSync): Pick<MessageDetails, "replies" | "named" | "meant"> {
  const replies = database.prepare(
    `SELECT thread, count, newest, (
       SELECT json_group_array(account_id ORDER BY seq DESC) FROM (
         SELECT seq, account_id FROM said
          WHERE room_id = ?1 AND thread = counted.thread ORDER BY seq DESC LIMIT ?3)
       ) AS account_ids
     FROM (
       SELECT thread, count(*) AS count, max(seq) AS newest FROM said
        WHERE room_id = ?1 AND thread IN (SELECT value FROM json_each(?2)) GROUP BY thread) AS counted`,
  );
  const named = database.prepare(
    `SELECT seq, account_id FROM mention
      WHERE room_id = ? AND seq IN (SELECT value FROM json_each(?)) AND named = 1 ORDER BY seq, account_id`,
  );
  const meant = database.prepare("SELECT account_id FROM mention WHERE room_id = ? AND seq = ?");
  return {
    replies: (roomId, seqs, newest) =>
      replies.all(roomId, JSON.stringify(seqs), newest).map((row) => ({
        thread: integer(row, "thread"),
        count: integer(row, "count"),
        newest: integer(row, "newest"),
        accountIds: JSON.parse(string(row, "account_ids")),
      })),
    named: (roomId, seqs) =>
      named.all(roomId, JSON.stringify(seqs)).map((row) => ({
        seq: integer(row, "seq"),
        accountId: integer(row, "account_id"),
      })),
    meant: (roomId, seq) => meant.all(roomId, seq).map((row) => integer(row, "account_id")),
  };
}

function prepareRevisions(
  database: DatabaseSync,
  keyring: Keyring,
): Pick<MessageDetails, "revisions" | "revisionCount"> {
  const revisions = database.prepare(
    "SELECT number, time, text FROM revision WHERE room_id = ? AND seq = ? AND number > ? ORDER BY number",
  );
  const count = database.prepare("SELECT count(*) AS count FROM revision WHERE room_id = ? AND seq = ?");
  return {
    *revisions(roomId, seq, skipped) {
      for (const row of revisions.all(roomId, seq, skipped)) {
        const place = placeOfRevision(roomId, seq, integer(row, "number"));
        const text = keyring.openIntact(place, bytes(row, "text")) ?? damagedText;
        yield { text, time: integer(row, "time") };
      }
    },
    revisionCount: (roomId, seq) => integer(count.get(roomId, seq) ?? {}, "count"),
  };
}
