/** The coming and going of drafts. */
import { encode, limits, type Signal, toBytes } from "../../shared/protocol/mod.ts";
import type { Change } from "../store/mod.ts";
import type { Account } from "./account.ts";
import { type DraftPlace, keyOf } from "./draft_places.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import type { Outbox } from "./outbox.ts";
import type { Room } from "./room.ts";

/** In memory from its making, on disk with `changes`, and then told to the account's other sessions. */
export interface DraftChange {
  readonly changes: readonly Change[];
  committed(): void;
  takeBack(): void;
}

/** Keeps a text in the place of the one before. Where there are as many as there may be, the oldest goes. */
export function withDraft(hub: Hub, guest: Guest, room: Room, thread: number, text: string): DraftChange {
  const { account } = guest;
  const roomId = room.row.id;
  const before = hub.drafts.of(account);
  const newest = [...before.values()].at(-1)?.time ?? 0;
  const place = { roomId, thread, time: Math.max(hub.world.clock.now(), newest + 1) };
  const after = new Map(before);
  after.delete(keyOf(roomId, thread));
  const [oldest] = after.size < limits.draftsPerAccount ? [] : after.values();
  if (oldest !== undefined) after.delete(keyOf(oldest.roomId, oldest.thread));
  after.set(keyOf(roomId, thread), place);
  hub.drafts.set(account, after);
  return {
    changes: [
      ...(oldest === undefined ? [] : [noDraft(account, oldest)]),
      { kind: "draft", draft: { accountId: account.id, ...place, text } },
    ],
    committed() {
      if (oldest !== undefined) tell(hub, account, { ...oldest, time: place.time }, "");
      tell(hub, account, place, text, guest.outbox);
    },
    takeBack: () => hub.drafts.set(account, before),
  };
}

/** Takes a draft away at a time, if there is one. */
export function withoutDraft(
  hub: Hub,
  guest: Guest,
  room: Room,
  thread: number,
  time: number,
): DraftChange | undefined {
  const { account } = guest;
  const before = hub.drafts.of(account);
  const place = before.get(keyOf(room.row.id, thread));
  if (place === undefined) return undefined;
  const after = new Map(before);
  after.delete(keyOf(place.roomId, thread));
  hub.drafts.set(account, after);
  return {
    changes: [noDraft(account, place)],
    committed: () => tell(hub, account, { ...place, time }, "", guest.outbox),
    takeBack: () => hub.drafts.set(account, before),
  };
}

/** The name of the room, if the account is in it: nothing is told of rooms that it has left. */
export function roomOfDraft(
  hub: Hub,
  account: Account,
  { roomId }: { readonly roomId: number },
): string | undefined {
  const name = hub.rooms.withId(roomId)?.name;
  return name !== undefined && account.memberships.has(name) ? name : undefined;
}

function noDraft(account: Account, { roomId, thread }: DraftPlace): Change {
  return { kind: "no_draft", accountId: account.id, roomId, thread };
}

function tell(hub: Hub, account: Account, place: DraftPlace, text: string, except?: Outbox): void {
  const room = roomOfDraft(hub, account, place);
  if (room === undefined) return;
  const { thread, time } = place;
  const signal: Signal = { type: "draft", room, thread: thread || undefined, text, time };
  const line = toBytes(encode(signal));
  for (const outbox of account.sessions.keys()) if (outbox !== except) outbox.push(line);
}
