/** Reading back what was said. */
import { limits, Refusal, type Request, type RoomEvent } from "../../shared/protocol/mod.ts";
import type { EventRow } from "../store/mod.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { membershipOf } from "./membership.ts";
import type { Room } from "./room.ts";
import { showPage } from "./shown_events.ts";

export function history(hub: Hub, guest: Guest, request: Request<"history">): void {
  const { room } = membershipOf(guest.account, request.room);
  refuseSeveral(request);
  const { items, more } = pageOf(hub, room, request);
  guest.answer({ type: "history", re: request.id, room: room.name, messages: items, more });
}

/** Which events are asked for: those before a place, after one, around one, or the newest. */
type Wish = Pick<Request<"history">, "before" | "after" | "around" | "limit">;

/** Throws `bad_request` if more than one place is given. */
export function refuseSeveral({ before, after, around }: Wish): void {
  if ([before, after, around].filter((place) => place !== undefined).length <= 1) return;
  throw new Refusal("bad_request", 'Only one of "before", "after" and "around" may be given');
}

interface Page {
  /** Oldest first. */
  readonly items: RoomEvent[];
  readonly more: boolean;
}

function pageOf(hub: Hub, room: Room, wish: Wish): Page {
  const { events } = hub.store;
  const { id } = room.row;
  if (wish.around !== undefined) {
    return pageAround(hub, room, wish.around, wish.limit ?? limits.historyEventsDefault);
  }
  return pageAlong(hub, room, wish, {
    after: (seq, limit) => events.after(id, seq, limit),
    before: (seq, limit) => events.before(id, seq, limit),
  });
}

/** Some of a room's events, along their `seq`. */
interface Along {
  after(seq: number, limit: number): Iterable<EventRow>;
  /** The newest first. */
  before(seq: number, limit: number): Iterable<EventRow>;
}

/** Those just after a place, just before one, or the newest. */
export function pageAlong(
  hub: Hub,
  room: Room,
  { before, after, limit = limits.historyEventsDefault }: Omit<Wish, "around">,
  along: Along,
): Page {
  // One more than asked for tells whether there is more.
  if (after !== undefined) return showPage(hub, room, along.after(after, limit + 1), limit);
  const rows = along.before(before ?? room.committedSeq + 1, limit + 1);
  const { items, more } = showPage(hub, room, rows, limit);
  return { items: items.toReversed(), more };
}

/** Half of it older than the place, and the place itself with what is newer; `more` is of the newer ones. */
function pageAround(hub: Hub, room: Room, around: number, limit: number): Page {
  const { events } = hub.store;
  const { id } = room.row;
  const older = Math.floor(limit / 2), newer = limit - older;
  const bytesMax = limits.pageBytes / 2;
  const before = showPage(hub, room, events.before(id, around, older), older, bytesMax);
  const after = showPage(hub, room, events.after(id, around - 1, newer + 1), newer, bytesMax);
  return { items: [...before.items.toReversed(), ...after.items], more: after.more };
}
