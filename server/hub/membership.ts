import { Refusal } from "../../shared/protocol/mod.ts";
import type { Room } from "./room.ts";

/** One account in one room. */
export interface Membership {
  readonly room: Room;
  /** Everything up to this `seq` was read. */
  read: number;
}

interface Member {
  readonly memberships: ReadonlyMap<string, Membership>;
}

/**
 * The only way to a room. Throws `not_a_member` in the same words whether the room is absent or not theirs, so that
 * nobody learns of a room by asking.
 */
export function membershipOf(member: Member, roomName: string): Membership {
  const membership = member.memberships.get(roomName);
  if (membership !== undefined) return membership;
  throw new Refusal("not_a_member", `You are not in a room named "${roomName}"`);
}
