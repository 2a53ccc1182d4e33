import { type Level, Refusal, type Standing } from "../../shared/protocol/mod.ts";
import type { Counts } from "./counts.ts";
import type { Room } from "./room.ts";

/** One account in one room. */
export interface Membership {
  readonly room: Room;
  /** The event by which it began. */
  readonly since: number;
  /** Everything up to this `seq` was read. */
  read: number;
  standing: Standing;
  level: Level;
  /** What is unread, once it was asked for. */
  counts?: Counts | undefined;
  /** When the room was last told that this one is typing, by the monotonic clock. */
  typingToldAt?: number;
}

/** A membership as it begins with the event `since`: all before it counts as read. */
export function newMembership(room: Room, since: number, standing: Standing): Membership {
  return { room, since, read: since, standing, level: "all" };
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
