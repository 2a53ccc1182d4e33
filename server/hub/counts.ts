/** What one member has not read, as the hub keeps it in memory. */
import { limits } from "../../shared/protocol/mod.ts";
import type { Room } from "./room.ts";

/** Of the messages of others above the mark, replies in threads left out: each at most `limits.unreadMax`. */
export interface UnreadCounts {
  readonly unread: number;
  readonly mentions: number;
}

/** The same in a form that a new message leaves as it is, so that one does not cost the more the more people hear it. */
export interface Counts {
  /** How many of the messages in `Room.said` are not unread ones. */
  readonly saidBefore: number;
  readonly mentions: number;
  /** Whether more or fewer of them can be reckoned with; else the store must count again. */
  readonly exact: boolean;
}

/** Nothing is unread of what the room was told so far. */
export function allRead(room: Room): Counts {
  return { saidBefore: room.said, mentions: 0, exact: true };
}

/** As the store has counted. */
export function counted(room: Room, { unread, mentions }: UnreadCounts): Counts {
  const ended = unread >= limits.unreadMax || mentions >= limits.unreadMax;
  // What is on disk already and not yet told may be in it or missing from it.
  return { saidBefore: room.said - unread, mentions, exact: !ended && room.seq === room.committedSeq };
}

/** With so many more messages unread, of which so many mean the member. */
export function withMore({ saidBefore, mentions, exact }: Counts, unread: number, meant: number): Counts {
  return { saidBefore: saidBefore - unread, mentions: mentions + meant, exact };
}

/** As they are told. */
export function told(room: Room, { saidBefore, mentions }: Counts): UnreadCounts {
  return {
    unread: Math.min(room.said - saidBefore, limits.unreadMax),
    mentions: Math.min(mentions, limits.unreadMax),
  };
}
