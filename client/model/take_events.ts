import type { RoomEvent } from "../../shared/protocol/mod.ts";
import { afterNews, roomAfter } from "./happened.ts";
import { roomEventsMax, type RoomModel, type ShownEvent } from "./room_model.ts";

/** An event at its place in a room; there may be nothing to show of it, but its place is taken. */
export type PlacedEvent = RoomEvent | { readonly type: "unknown"; readonly seq: number };

/** A room after it took events, and those to be shown now: each once, by rising `seq`. */
export interface Taken {
  readonly room: RoomModel;
  readonly shown: readonly ShownEvent[];
}

/** Takes the events that follow without a hole; repeats are dropped, and what lies behind a hole is left out. */
export function takeInOrder(room: RoomModel, events: readonly PlacedEvent[], me: string): Taken {
  let cursor = room.cursor;
  if (cursor === undefined) return { room, shown: [] };
  const taken: PlacedEvent[] = [];
  for (const event of events) {
    if (event.seq <= cursor) continue;
    if (event.seq !== cursor + 1) break;
    taken.push(event);
    cursor = event.seq;
  }
  return append(room, taken, cursor, me);
}

/** Takes a page of the history after the cursor. A page has all there is, so what it leaves out does not exist. */
export function takePage(room: RoomModel, page: readonly PlacedEvent[], me: string): Taken {
  const cursor = room.cursor ?? 0;
  const taken = page.filter((event) => event.seq > cursor);
  return append(room, taken, taken.at(-1)?.seq ?? cursor, me);
}

/**
 * Takes the newest page of the history in place of whatever was held. Of that, only what is above the cursor is shown.
 * `newest`: the newest `seq` the server told of, for a page without events.
 */
export function takeNewest(room: RoomModel, page: readonly PlacedEvent[], newest: number, me: string): Taken {
  const before = room.cursor ?? 0;
  const cursor = Math.max(before, page.at(-1)?.seq ?? newest);
  const events = page.filter(isShown);
  const since = page[0]?.seq ?? cursor + 1;
  const told = events.reduce((now, event) => roomAfter(now, event, me), room);
  return {
    room: bounded({ ...told, events, since, cursor }),
    shown: events.filter((event) => event.seq > before),
  };
}

/** Gives up on what is missing up to `seq`, which does not exist. */
export function skipTo(room: RoomModel, seq: number): RoomModel {
  return room.cursor === undefined || seq <= room.cursor ? room : { ...room, cursor: seq };
}

function append(room: RoomModel, taken: readonly PlacedEvent[], cursor: number, me: string): Taken {
  const shown = taken.filter(isShown);
  const told = shown.reduce((now, event) => roomAfter(now, event, me), room);
  const events = afterNews([...room.events, ...shown], shown.length);
  return { room: bounded({ ...told, events, cursor }), shown };
}

/** The room with at most so many events as may be held. */
function bounded(room: RoomModel): RoomModel {
  const surplus = room.events.length - roomEventsMax;
  if (surplus <= 0) return room;
  const events = room.events.slice(surplus);
  return { ...room, events, since: events[0]?.seq ?? room.since };
}

function isShown(event: PlacedEvent): event is ShownEvent {
  return event.type !== "unknown";
}
