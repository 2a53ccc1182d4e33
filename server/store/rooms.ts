/** Reads rooms and who is in them. */
import type { DatabaseSync } from "node:sqlite";
import type { RoomRow } from "./change.ts";

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
    `SELECT id, name, kind, access, topic,
            (SELECT seq FROM event WHERE room_id = room.id ORDER BY seq DESC LIMIT 1) AS seq
       FROM room`,
  );
  const memberships = database.prepare("SELECT room_id, account_id, read FROM membership");
  return {
    rooms: () =>
      rooms.all().map((row) => ({
        id: row.id as number,
        name: row.name as string,
        kind: row.kind as RoomRow["kind"],
        access: row.access as RoomRow["access"],
        topic: (row.topic as string | null) ?? undefined,
        seq: (row.seq as number | null) ?? 0,
      })),
    memberships: () =>
      memberships.all().map((row) => ({
        roomId: row.room_id as number,
        accountId: row.account_id as number,
        read: row.read as number,
      })),
  };
}
