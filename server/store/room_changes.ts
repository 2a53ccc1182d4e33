/** Stores rooms, who is in them and how they stand there. */
import type { DatabaseSync } from "node:sqlite";
import type { Keyring } from "../keyring/mod.ts";
import type { RoomRow } from "./change.ts";
import type { Executors } from "./executors.ts";
import { placeOfDescription, placeOfTopic } from "./places.ts";

export type RoomExecutors = Pick<
  Executors,
  | "room"
  | "room_changed"
  | "member"
  | "no_member"
  | "read"
  | "standing"
  | "level"
  | "ban"
  | "no_ban"
  | "mute"
  | "no_mute"
>;

export function prepareRoomExecutors(database: DatabaseSync, keyring: Keyring): RoomExecutors {
  return { ...prepareRoom(database, keyring), ...prepareMembership(database), ...prepareSanctions(database) };
}

function prepareRoom(database: DatabaseSync, keyring: Keyring): Pick<Executors, "room" | "room_changed"> {
  const made = database.prepare(
    `INSERT INTO room (id, name, kind, access, topic, description, archived, creator, created)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const changed = database.prepare(
    "UPDATE room SET access = ?, topic = ?, description = ?, archived = ?, retention = ?, held = ? WHERE id = ?",
  );
  const sealed = ({ id, topic, description }: RoomRow) =>
    [
      topic === undefined ? null : keyring.seal(placeOfTopic(id), topic),
      description === undefined ? null : keyring.seal(placeOfDescription(id), description),
    ] as const;
  return {
    room({ room: row, time }) {
      const { id, name, kind, access, archived, creatorId } = row;
      made.run(id, name, kind, access, ...sealed(row), Number(archived), creatorId ?? null, time);
    },
    room_changed({ room: row }) {
      const { access, archived, retentionMs, held, id } = row;
      changed.run(access, ...sealed(row), Number(archived), retentionMs ?? null, Number(held), id);
    },
  };
}

function prepareMembership(
  database: DatabaseSync,
): Pick<Executors, "member" | "no_member" | "read" | "standing" | "level"> {
  const member = database.prepare(
    "INSERT INTO membership (room_id, account_id, read, since, standing) VALUES (?1, ?2, ?3, ?3, ?4)",
  );
  const noMember = database.prepare("DELETE FROM membership WHERE room_id = ? AND account_id = ?");
  const read = database.prepare("UPDATE membership SET read = ? WHERE room_id = ? AND account_id = ?");
  const standing = database.prepare(
    "UPDATE membership SET standing = ? WHERE room_id = ? AND account_id = ?",
  );
  const level = database.prepare("UPDATE membership SET level = ? WHERE room_id = ? AND account_id = ?");
  return {
    member: ({ roomId, accountId, read: seq, standing: word }) =>
      member.run(roomId, accountId, seq, word ?? "member"),
    no_member: ({ roomId, accountId }) => noMember.run(roomId, accountId),
    read: ({ roomId, accountId, seq }) => read.run(seq, roomId, accountId),
    standing: ({ roomId, accountId, standing: word }) => standing.run(word, roomId, accountId),
    level: ({ roomId, accountId, level: word }) => level.run(word, roomId, accountId),
  };
}

/** What holds of people also while they are not in the room. */
function prepareSanctions(
  database: DatabaseSync,
): Pick<Executors, "ban" | "no_ban" | "mute" | "no_mute"> {
  const ban = database.prepare("INSERT OR IGNORE INTO ban (room_id, account_id) VALUES (?, ?)");
  const noBan = database.prepare("DELETE FROM ban WHERE room_id = ? AND account_id = ?");
  const mute = database.prepare("INSERT OR REPLACE INTO mute (room_id, account_id, issuer) VALUES (?, ?, ?)");
  const noMute = database.prepare("DELETE FROM mute WHERE room_id = ? AND account_id = ?");
  return {
    ban: ({ roomId, accountId }) => ban.run(roomId, accountId),
    no_ban: ({ roomId, accountId }) => noBan.run(roomId, accountId),
    mute: ({ roomId, accountId, byId }) => mute.run(roomId, accountId, byId),
    no_mute: ({ roomId, accountId }) => noMute.run(roomId, accountId),
  };
}
