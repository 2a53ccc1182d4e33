/** Reading back what was said. */
import { limits, Refusal, type Request, type RoomEvent } from "../../shared/protocol/mod.ts";
import type { EventRow } from "../store/mod.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { membershipOf } from "./membership.ts";
import { cutPage } from "./page.ts";

export function history(hub: Hub, guest: Guest, request: Request<"history">): void {
  const { room } = membershipOf(guest.account, request.room);
  const { before, after } = request;
  if (before !== undefined && after !== undefined) {
    throw new Refusal("bad_request", 'Only one of "before" and "after" may be given');
  }
  const limit = request.limit ?? limits.historyEventsDefault;
  const { events } = hub.store;
  // One more than asked for tells whether there is more.
  const rows = after === undefined
    ? events.before(room.row.id, before ?? room.committedSeq + 1, limit + 1)
    : events.after(room.row.id, after, limit + 1);
  const { items, more } = cutPage(eachEvent(hub, room.name, rows), limit);
  const messages = after === undefined ? items.toReversed() : items;
  guest.answer({ type: "history", re: request.id, room: room.name, messages, more });
}

function* eachEvent(hub: Hub, roomName: string, rows: Iterable<EventRow>): Generator<RoomEvent, void> {
  for (const row of rows) yield toEvent(hub, roomName, row);
}

function toEvent(hub: Hub, roomName: string, row: EventRow): RoomEvent {
  const { type, seq, time } = row;
  const { name } = hub.accounts.withId(row.accountId);
  if (type === "message") return { type, seq, from: name, time, text: textOf(hub, roomName, row) };
  return { type, seq, username: name, time };
}

/** One damaged message shall not keep anybody from those around it. */
function textOf({ world }: Hub, room: string, { seq, text, damaged }: EventRow): string {
  if (!damaged) return text ?? "";
  world.log.error("message_damaged", { room, seq });
  return "(This message was damaged on the server's disk and cannot be read)";
}
