/** Reads rooms and who is in them. */
import type { DatabaseSync } from "node:sqlite";
import type { Keyring, Place } from "../keyring/mod.ts";
import type { RoomRow } from "./change.ts";
import { type Level, levels, type Standing, standings } from "../../shared/protocol/mod.ts";
import { damagedText } from "./damaged_text.ts";
import { placeOfDescription, placeOfTopic } from "./places.ts";
import { bytes, integer, optional, type Row, string, word } from "./row.ts";

export interface MembershipRow {
  readonly roomId: number;
  readonly accountId: number;
  readonly read: number;
  /** The event by which it began, or 0. */
  readonly since: number;
  readonly standing: Standing;
  readonly level: Level;
}

/** Somebody who may not come back to a room. */
export interface BanRow {
  readonly roomId: number;
  readonly accountId: number;
}

/** Somebody who may say nothing in a room. */
export interface MuteRow extends BanRow {
  /** Who muted them. */
  readonly byId: number;
}

export interface RoomReader {
  /** Every room with the `seq` of its newest event, 0 if it has none. */
  rooms(): (RoomRow & { readonly seq: number })[];
  memberships(): MembershipRow[];
  bans(): BanRow[];
  mutes(): MuteRow[];
}

export function prepareRooms(database: DatabaseSync, keyring: Keyring): RoomReader {
  const rooms = database.prepare(
    `SELECT id, name, kind, access, topic, description, archived, retention, held, creator,
            (SELECT seq FROM event WHERE room_id = room.id ORDER BY seq DESC LIMIT 1) AS seq
       FROM room`,
  );
  const memberships = database.prepare(
    "SELECT room_id, account_id, read, since, standing, level FROM membership",
  );
  const bans = database.prepare("SELECT room_id, account_id FROM ban");
  const mutes = database.prepare("SELECT room_id, account_id, issuer FROM mute");
  return {
    rooms: () =>
      rooms.all().map((row) => ({ ...toRoom(keyring, row), seq: optional(integer, row, "seq") ?? 0 })),
    bans: () =>
      bans.all().map((row) => ({ roomId: integer(row, "room_id"), accountId: integer(row, "account_id") })),
    mutes: () =>
      mutes.all().map((row) => ({
        roomId: integer(row, "room_id"),
        accountId: integer(row, "account_id"),
        byId: integer(row, "issuer"),
      })),
    memberships: () => memberships.all().map(toMembership),
  };
}

function toRoom(keyring: Keyring, row: Row): RoomRow {
  const id = integer(row, "id");
  return {
    id,
    name: string(row, "name"),
    kind: word(row, "kind", ["standard"]),
    access: word(row, "access", ["public", "private", "direct"]),
    topic: openText(keyring, placeOfTopic(id), optional(bytes, row, "topic")),
    description: openText(keyring, placeOfDescription(id), optional(bytes, row, "description")),
    archived: integer(row, "archived") === 1,
    retentionMs: optional(integer, row, "retention"),
    held: integer(row, "held") === 1,
    creatorId: optional(integer, row, "creator"),
  };
}

function openText(keyring: Keyring, place: Place, sealed: Uint8Array | undefined): string | undefined {
  return sealed && (keyring.openIntact(place, sealed) ?? damagedText);
}

function toMembership(row: Row): MembershipRow {
  return {
    roomId: integer(row, "room_id"),
    accountId: integer(row, "account_id"),
    read: integer(row, "read"),
    since: integer(row, "since"),
    standing: word(row, "standing", standings),
    level: word(row, "level", levels),
  };
}
