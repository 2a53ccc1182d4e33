import type { RoomEvent } from "../../shared/protocol/mod.ts";

/** Events of one room that are held; older ones are in the server's history. */
export const roomEventsMax = 1_000;

/** An event of a room, of a kind that this client can show. */
export type ShownEvent = RoomEvent;

/** One room as it is seen. */
export interface RoomModel {
  readonly name: string;
  readonly kind: string;
  readonly access?: string | undefined;
  readonly topic?: string | undefined;
  /** The newest events, at most `roomEventsMax`, by rising `seq`. */
  readonly events: readonly ShownEvent[];
  /** No event from this `seq` to `cursor` is missing in `events`. */
  readonly since: number;
  /** Everything up to this `seq` was seen here. Undefined until the room's newest events have been fetched. */
  readonly cursor: number | undefined;
  /** Everything up to this `seq` was read by the person, on this terminal or another. */
  readonly read: number;
  /** Messages of others above `read`, of those that are held. Joining and leaving does not count. */
  readonly unread: number;
  /** There may be further unread ones among older events that are not held: say "50+". */
  readonly unreadMore: boolean;
}

/** What a room is before anything of it was fetched. */
export function newRoom(about: Pick<RoomModel, "name" | "kind" | "access" | "topic" | "read">): RoomModel {
  return { ...about, events: [], since: 0, cursor: undefined, unread: 0, unreadMore: false };
}

/** The room, read up to `seq`; it never goes back. */
export function isRead(room: RoomModel, seq: number, me: string): RoomModel {
  return seq <= room.read ? room : counted({ ...room, read: seq }, me);
}

/** The room with at most so many events as may be held, and its unread ones counted. */
export function counted(room: RoomModel, me: string): RoomModel {
  const surplus = room.events.length - roomEventsMax;
  const events = surplus > 0 ? room.events.slice(surplus) : room.events;
  const since = surplus > 0 ? events[0]?.seq ?? room.since : room.since;
  return {
    ...room,
    events,
    since,
    unread: countUnread(events, room.read, me),
    unreadMore: room.read < since - 1,
  };
}

function countUnread(events: readonly ShownEvent[], read: number, me: string): number {
  let unread = 0;
  for (let at = events.length - 1; at >= 0; at--) {
    const event = events[at];
    if (event === undefined || event.seq <= read) break;
    if (event.type === "message" && event.from !== me) unread++;
  }
  return unread;
}
