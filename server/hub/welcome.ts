/** What somebody who comes in is told of their rooms. */
import { type Answer, type Cursors, encodedBytes, limits } from "../../shared/protocol/mod.ts";
import type { Account } from "./account.ts";
import { peopleOf } from "./affairs.ts";
import type { Hub } from "./hub.ts";
import type { Membership } from "./membership.ts";

type RoomState = Answer<"auth_success">["rooms"][number];

/** All rooms of an account, with how it stands there. Topics that would make the line too long are left out. */
export function roomsOf(hub: Hub, account: Account, cursors: Cursors): RoomState[] {
  hub.unread.prepare(account);
  const states: RoomState[] = [];
  let topicBytes = 0;
  for (const membership of account.memberships.values()) {
    const state = stateOf(hub, account, membership, cursors[membership.room.name] ?? 0);
    topicBytes += encodedBytes(state.topic ?? "");
    states.push(topicBytes <= limits.pageBytes ? state : { ...state, topic: undefined });
  }
  return states;
}

function stateOf(hub: Hub, account: Account, membership: Membership, cursor: number): RoomState {
  const { room, standing, level } = membership;
  const { kind, access, topic, archived, held, retentionMs } = room.row;
  const { unread, mentions } = hub.unread.of(account, membership);
  const seq = room.committedSeq;
  return {
    room: room.name,
    kind,
    seq,
    // Whoever has said something in this very turn hears of it after this, and has read it then.
    read: Math.min(membership.read, seq),
    state: cursor === seq ? "current" : cursor < seq ? "behind" : "reset",
    access,
    topic,
    archived: archived || undefined,
    held: held || undefined,
    retentionMs,
    people: peopleOf(hub.accounts, room),
    standing: standing === "member" ? undefined : standing,
    level: level === "all" ? undefined : level,
    unread: unread || undefined,
    mentions: mentions || undefined,
  };
}
