/** Reads rooms and who is in them. */
import type { DatabaseSync } from "node:sqlite";
import type { RoomRow } from "./change.ts";
import { integer, optional, type Row, string, word } from "./row.ts";

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

export function prepareRooms(database: DatabaseSync): RoomReader {
  const rooms = database.prepare(
    `SELECT id, name, kind, access, topic, creator,
            (SELECT seq FROM event WHERE room_id = room.id ORDER BY seq DESC LIMIT 1) AS seq
       FROM room`,
  );
  const memberships = database.prepare("SELECT room_id, account_id, read FROM membership");
  return {
    rooms: () => rooms.all().map((row) => ({ ...toRoom(row), seq: optional(integer, row, "seq") ?? 0 })),
    memberships: () => memberships.all().map(toMembership),
  };
}

function toRoom(row: Row): RoomRow {
  return {
    id: integer(row, "id"),
    name: string(row, "name"),
    kind: word(row, "kind", ["standard"]),
    access: word(row, "access", ["public", "private"]),
    topic: optional(string, row, "topic"),
    creatorId: optional(integer, row, "creator"),
  };
}

function toMembership(row: Row): MembershipRow {
  return {
    roomId: integer(row, "room_id"),
    accountId: integer(row, "account_id"),
    read: integer(row, "read"),
  };
}
