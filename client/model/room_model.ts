import type { Level, RoomEvent, Standing } from "../../shared/protocol/mod.ts";

/** Events of one room that are held; older ones are in the server's history. */
export const roomEventsMax = 1_000;

/** An event of a room, of a kind that this client can show. */
export type ShownEvent = RoomEvent;

export type Message = RoomEvent<"message">;

/** One room as it is seen. */
export interface RoomModel {
  readonly name: string;
  readonly kind: string;
  readonly access?: string | undefined;
  readonly topic?: string | undefined;
  readonly description?: string | undefined;
  readonly archived?: boolean | undefined;
  /** Whether it is under legal hold, so that nothing in it goes. */
  readonly held?: boolean | undefined;
  /** How long its messages are kept, in milliseconds; undefined where that is not limited. */
  readonly retentionMs?: number | undefined;
  /** Those in a direct conversation, oneself included. */
  readonly people?: readonly string[] | undefined;
  /** One's own standing. */
  readonly standing: Standing;
  /** It holds with all that happened up to this `seq`. What is older may be of an earlier time in the room. */
  readonly stoodAt: number;
  readonly level: Level;
  /** The newest events, at most `roomEventsMax`, by rising `seq`; messages among them as they are now. */
  readonly events: readonly ShownEvent[];
  /** No event from this `seq` to `cursor` is missing in `events`. */
  readonly since: number;
  /** Everything up to this `seq` was seen here. Undefined until the room's newest events have been fetched. */
  readonly cursor: number | undefined;
  /** Everything up to this `seq` was read by the person, on this terminal or another. It can go back. */
  readonly read: number;
  /** Messages of others above `read` outside of threads, at most `limits.unreadMax`: then there may be more. */
  readonly unread: number;
  /** Those among the unread ones that mean oneself. */
  readonly mentions: number;
  /** Messages up to this `seq` are in `unread` and `mentions` where they belong. */
  readonly counted: number;
  /** Threads of which it is known how one stands to them, by their first message. */
  readonly threads: ReadonlyMap<number, ThreadModel>;
}

export interface ThreadModel {
  /** Whether one is told of it. */
  readonly following: boolean;
  /** Everything up to this `seq` was read. */
  readonly read: number;
  /** Replies of others above `read`, at most `limits.unreadMax`. */
  readonly unread: number;
}

/** What the server says of a room when a session is opened, of which most may be left out. */
export type RoomFacts =
  & Pick<RoomModel, "name" | "kind" | "access" | "topic" | "description" | "archived" | "people" | "read">
  & Pick<RoomModel, "held" | "retentionMs">
  & Partial<Pick<RoomModel, "stoodAt" | "standing" | "level" | "unread" | "mentions" | "counted">>;

/** What a room is before anything of it was fetched. */
export function newRoom(facts: RoomFacts): RoomModel {
  return {
    standing: "member",
    stoodAt: 0,
    level: "all",
    unread: 0,
    mentions: 0,
    counted: 0,
    threads: new Map(),
    ...facts,
    events: [],
    since: 0,
    cursor: undefined,
  };
}

/** The message of this number, if it is held. */
export function messageAt(room: RoomModel | undefined, seq: number): Message | undefined {
  return room && messageIn(room.events, seq);
}

/** The message of this number among events by rising `seq`. */
export function messageIn(events: readonly ShownEvent[], seq: number): Message | undefined {
  const event = events[indexOf(events, seq)];
  return event?.type === "message" ? event : undefined;
}

/** Where the event of this number stands among events by rising `seq`; -1 if it is not there. */
export function indexOf(events: readonly ShownEvent[], seq: number): number {
  let low = 0, high = events.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = events[middle]?.seq ?? 0;
    if (found === seq) return middle;
    if (found < seq) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
