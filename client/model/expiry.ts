/** Messages whose time is over, by the clock of this machine: their own, or the room's for all. Under legal hold none goes. */
import { takeAway } from "./happened.ts";
import type { Message, RoomModel, ShownEvent } from "./room_model.ts";

/** When the next message of the room is to be gone, in milliseconds since the Unix epoch; Infinity if none is. */
export function nextExpiry(room: RoomModel): number {
  let next = Infinity;
  for (const event of room.events) if (isThere(event)) next = Math.min(next, endOf(event, room));
  return next;
}

/** The room without what the messages said whose time is over. */
export function withoutExpired(room: RoomModel, now: number): RoomModel {
  const over = room.events.filter((event) => isThere(event) && endOf(event, room) <= now).map(({ seq }) =>
    seq
  );
  if (over.length === 0) return room;
  const events = [...room.events];
  takeAway(events, over, Infinity);
  return { ...room, events };
}

function endOf({ time, expires = Infinity }: Message, { held, retentionMs = Infinity }: RoomModel): number {
  return held ? Infinity : Math.min(expires, time + retentionMs);
}

function isThere(event: ShownEvent): event is Message {
  return event.type === "message" && !event.deleted;
}
