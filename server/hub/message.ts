/** The ways to a message that is there already. */
import { Refusal } from "../../shared/protocol/mod.ts";
import type { EventRow } from "../store/mod.ts";
import type { Account } from "./account.ts";
import type { Hub } from "./hub.ts";
import { asSeen, horizonOf } from "./lifetimes.ts";
import { type Membership, membershipOf } from "./membership.ts";
import type { Room } from "./room.ts";

/**
 * The way to a room for whoever changes a message in it: everything that was decided there before is on disk, so that
 * what the store tells is what is so. Throws as `membershipOf` does.
 */
export function settledMembership(hub: Hub, account: Account, roomName: string): Membership {
  const { room } = membershipOf(account, roomName);
  if (room.seq !== room.committedSeq) hub.journal.commit();
  return membershipOf(account, roomName);
}

/** A message that was not deleted and is not over. Throws `no_such_message`. */
export function messageIn(hub: Hub, room: Room, seq: number): EventRow {
  const row = placeIn(hub, room, seq);
  if ((row.text !== undefined || row.damaged) && !room.deleting.has(seq)) return row;
  throw noSuchMessage(room, seq);
}

/** A message, or the place of one that is gone. Throws `no_such_message`. */
export function placeIn(hub: Hub, room: Room, seq: number): EventRow {
  const row = hub.store.events.at(room.row.id, seq);
  if (row?.type === "message") return asSeen(row, horizonOf(hub, room));
  throw noSuchMessage(room, seq);
}

function noSuchMessage(room: Room, seq: number): Refusal {
  return new Refusal(
    "no_such_message",
    `There is no message ${seq} in "${room.name}", or it was deleted. Look at the room again`,
  );
}
