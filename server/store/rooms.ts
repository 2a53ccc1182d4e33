/** Reads rooms and who is in them. */
import type { DatabaseSync } from "node:sqlite";
import { type Keyring, Unreadable } from "../keyring/mod.ts";
import type { RoomRow } from "./change.ts";
import { placeOfTopic } from "./places.ts";
import { bytes, integer, optional, type Row, string, word } from "./row.ts";

export interface MembershipRow {
  readonly roomId: number;
  readonly accountId: number;
  readonly read: number;
}

export interface RoomReader {
  /** Every room with the `seq` of its newest event, 0 if it has none. */
  rooms(): (RoomRow & { readonly seq: number })[];
  memberships(): MembershipRow[];
}

/** What is shown in place of a topic that was damaged: the other rooms shall open all the same. */
const damagedTopic = "(the topic was damaged on the server's disk and cannot be read)";

export function prepareRooms(database: DatabaseSync, keyring: Keyring): RoomReader {
  const rooms = database.prepare(
    `SELECT id, name, kind, access, topic, creator,
            (SELECT seq FROM event WHERE room_id = room.id ORDER BY seq DESC LIMIT 1) AS seq
       FROM room`,
  );
  const memberships = database.prepare("SELECT room_id, account_id, read FROM membership");
  return {
    rooms: () =>
      rooms.all().map((row) => ({ ...toRoom(keyring, row), seq: optional(integer, row, "seq") ?? 0 })),
    memberships: () => memberships.all().map(toMembership),
  };
}

function toRoom(keyring: Keyring, row: Row): RoomRow {
  const id = integer(row, "id");
  const sealed = optional(bytes, row, "topic");
  return {
    id,
    name: string(row, "name"),
    kind: word(row, "kind", ["standard"]),
    access: word(row, "access", ["public", "private"]),
    topic: sealed && openTopic(keyring, id, sealed),
    creatorId: optional(integer, row, "creator"),
  };
}

function openTopic(keyring: Keyring, roomId: number, sealed: Uint8Array): string {
  try {
    return keyring.open(placeOfTopic(roomId), sealed);
  } catch (error) {
    if (error instanceof Unreadable) return damagedTopic;
    throw error;
  }
}

function toMembership(row: Row): MembershipRow {
  return {
    roomId: integer(row, "room_id"),
    accountId: integer(row, "account_id"),
    read: integer(row, "read"),
  };
}
