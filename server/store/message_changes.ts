/** Stores messages and what is done to them later. */
import type { DatabaseSync } from "node:sqlite";
import type { Keyring } from "../keyring/mod.ts";
import { damagedText } from "./damaged_text.ts";
import type { Executors } from "./executors.ts";
import { prepareFileRemoval } from "./file_changes.ts";
import { placeOfDraft, placeOfRevision, placeOfText } from "./places.ts";
import { bytes, integer } from "./row.ts";
import { Tokens } from "./search_entries.ts";
import { preparePacking } from "./packing.ts";
import { prepareIndexedChanges } from "./search_index.ts";

export type MessageExecutors = Pick<
  Executors,
  | "event"
  | "message_text"
  | "message_deleted"
  | "messages_expired"
  | "reaction_gone"
  | "pin"
  | "mentions"
  | "thread_mark"
  | "draft"
  | "no_draft"
>;

export function prepareMessageExecutors(database: DatabaseSync, keyring: Keyring): MessageExecutors {
  return {
    ...prepareEvent(database, keyring),
    ...prepareText(database, keyring),
    ...prepareDeletion(database, keyring),
    ...prepareMarks(database),
    ...prepareDrafts(database, keyring),
  };
}

function prepareEvent(database: DatabaseSync, keyring: Keyring): Pick<Executors, "event"> {
  const event = database.prepare(
    `INSERT INTO event (room_id, seq, type, account_id, time, text, nonce, target, thread, quote, reaction, subject_id,
                        calls, expires, targets, number)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,
             CASE ?3 WHEN 'message' THEN 1 + coalesce((SELECT max(number) FROM event WHERE number > 0), 0) END)`,
  );
  const said = database.prepare(
    "INSERT INTO said (room_id, thread, seq, account_id) VALUES (?, ?, ?, ?)",
  );
  return {
    event({ roomId, event: row, nonce }) {
      const { seq, type, accountId, time, text, target, thread, quote, reaction, subjectId, calls } = row;
      const { expires, targets } = row;
      event.run(
        roomId,
        seq,
        type,
        accountId,
        time,
        text === undefined ? null : keyring.seal(placeOfText(roomId, seq, accountId), text),
        nonce ?? null,
        target ?? null,
        thread ?? null,
        quote ?? null,
        reaction ?? null,
        subjectId ?? null,
        calls ?? null,
        expires ?? null,
        targets === undefined ? null : JSON.stringify(targets),
      );
      if (type === "message" && text !== undefined) said.run(roomId, thread ?? 0, seq, accountId);
    },
  };
}

function prepareText(database: DatabaseSync, keyring: Keyring): Pick<Executors, "message_text"> {
  const current = database.prepare(
    "SELECT text, coalesce(edited, time) AS said FROM event WHERE room_id = ? AND seq = ?",
  );
  const count = database.prepare("SELECT count(*) AS count FROM revision WHERE room_id = ? AND seq = ?");
  const revision = database.prepare(
    "INSERT INTO revision (room_id, seq, number, time, text) VALUES (?, ?, ?, ?, ?)",
  );
  const text = database.prepare(
    "UPDATE event SET text = ?, calls = ?, edited = ? WHERE room_id = ? AND seq = ?",
  );
  const indexed = prepareIndexedChanges(database, keyring, new Tokens(keyring));
  return {
    message_text({ roomId, seq, accountId, text: newText, calls, time }) {
      const place = placeOfText(roomId, seq, accountId);
      const row = current.get(roomId, seq) ?? {};
      const number = integer(count.get(roomId, seq) ?? {}, "count") + 1;
      const said = keyring.openIntact(place, bytes(row, "text")) ?? damagedText;
      const old = keyring.seal(placeOfRevision(roomId, seq, number), said);
      revision.run(roomId, seq, number, integer(row, "said"), old);
      indexed.forget(roomId, [seq]);
      text.run(keyring.seal(place, newText), calls ?? null, time, roomId, seq);
      indexed.remember(roomId, seq);
    },
  };
}

function prepareDeletion(
  database: DatabaseSync,
  keyring: Keyring,
): Pick<Executors, "message_deleted" | "messages_expired" | "reaction_gone" | "pin" | "mentions"> {
  const noContent = database.prepare(
    `UPDATE event SET text = NULL, quote = NULL, calls = NULL, edited = NULL, pinned = 0, expires = NULL
      WHERE room_id = ? AND seq = ?`,
  );
  const noEmoji = database.prepare("UPDATE event SET text = NULL WHERE room_id = ? AND seq = ?");
  const noReactions = database.prepare(
    `UPDATE event INDEXED BY event_reaction SET text = NULL
      WHERE room_id = ? AND target = ? AND type = 'reacted' AND text IS NOT NULL`,
  );
  const notSaid = database.prepare(
    `DELETE FROM said
      WHERE room_id = ?1 AND seq = ?2
        AND thread = (SELECT coalesce(thread, 0) FROM event WHERE room_id = ?1 AND seq = ?2)`,
  );
  const noRevisions = database.prepare("DELETE FROM revision WHERE room_id = ? AND seq = ?");
  const noMentions = database.prepare("DELETE FROM mention WHERE room_id = ? AND seq = ?");
  const meant = database.prepare("SELECT account_id, named FROM mention WHERE room_id = ? AND seq = ?");
  const mention = database.prepare(
    `INSERT INTO mention (account_id, number, room_id, seq, named, reply)
     VALUES (?1, (SELECT coalesce(max(number), 0) + 1 FROM mention WHERE account_id = ?1), ?2, ?3, ?4,
             (SELECT thread IS NOT NULL FROM event WHERE room_id = ?2 AND seq = ?3))
     ON CONFLICT (room_id, seq, account_id) DO UPDATE SET named = ?4`,
  );
  const noMention = database.prepare("DELETE FROM mention WHERE account_id = ? AND room_id = ? AND seq = ?");
  const indexed = prepareIndexedChanges(database, keyring, new Tokens(keyring));
  const pin = database.prepare("UPDATE event SET pinned = ? WHERE room_id = ? AND seq = ?");
  const files = prepareFileRemoval(database);
  const packing = preparePacking(database);
  const wipe = (roomId: number, seqs: readonly number[]) => {
    indexed.forget(roomId, seqs);
    for (const seq of seqs) {
      noContent.run(roomId, seq);
      files.ofMessage(roomId, seq);
      noReactions.run(roomId, seq);
      notSaid.run(roomId, seq);
      noRevisions.run(roomId, seq);
      noMentions.run(roomId, seq);
    }
  };
  return {
    message_deleted: ({ roomId, seq }) => wipe(roomId, [seq]),
    messages_expired({ roomId, seqs }) {
      wipe(roomId, seqs);
      packing.before(roomId, Math.min(...seqs), seqs.length);
    },
    reaction_gone: ({ roomId, seq }) => noEmoji.run(roomId, seq),
    pin: ({ roomId, seq, pinned }) => pin.run(Number(pinned), roomId, seq),
    mentions({ roomId, seq, accountIds, namedIds }) {
      // Whoever is still meant keeps the place that it has among their mentions.
      const before = new Map(
        meant.all(roomId, seq).map((row) => [integer(row, "account_id"), integer(row, "named")]),
      );
      const now = new Set(accountIds), named = new Set(namedIds);
      for (const accountId of before.keys()) if (!now.has(accountId)) noMention.run(accountId, roomId, seq);
      for (const accountId of now) {
        const isNamed = Number(named.has(accountId));
        if (before.get(accountId) !== isNamed) mention.run(accountId, roomId, seq, isNamed);
      }
    },
  };
}

function prepareMarks(database: DatabaseSync): Pick<Executors, "thread_mark"> {
  const mark = database.prepare(
    `INSERT INTO thread_mark (account_id, room_id, seq, following, read) VALUES (?1, ?2, ?3, ?4, ?5)
     ON CONFLICT (account_id, room_id, seq) DO UPDATE SET following = ?4, read = ?5`,
  );
  return {
    thread_mark: ({ mark: { accountId, roomId, seq, following, read } }) =>
      mark.run(accountId, roomId, seq, following === undefined ? null : Number(following), read),
  };
}

function prepareDrafts(database: DatabaseSync, keyring: Keyring): Pick<Executors, "draft" | "no_draft"> {
  const draft = database.prepare(
    `INSERT INTO draft (account_id, room_id, thread, time, text) VALUES (?1, ?2, ?3, ?4, ?5)
     ON CONFLICT (account_id, room_id, thread) DO UPDATE SET time = ?4, text = ?5`,
  );
  const noDraft = database.prepare(
    "DELETE FROM draft WHERE account_id = ? AND room_id = ? AND thread = ?",
  );
  return {
    draft: ({ draft: { accountId, roomId, thread, time, text } }) =>
      draft.run(
        accountId,
        roomId,
        thread,
        time,
        keyring.seal(placeOfDraft(roomId, thread, accountId), text),
      ),
    no_draft: ({ accountId, roomId, thread }) => noDraft.run(accountId, roomId, thread),
  };
}
