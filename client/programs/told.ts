import {
  type RoomEvent,
  type RoomEventType,
  roomEventTypes,
  type Signal,
  type UnknownRoomEvent,
} from "../../shared/protocol/mod.ts";
import type { Unasked } from "../connection/mod.ts";
import { safeLines, safeText } from "../terminal/mod.ts";

/** An event and the room in which it happened. */
export interface Told {
  readonly room: string;
  readonly event: RoomEvent | UnknownRoomEvent | { readonly type: "unknown"; readonly seq: number };
}

const eventTypes: ReadonlySet<string> = new Set<RoomEventType | "unknown">([...roomEventTypes, "unknown"]);

type Pushed = Exclude<Extract<Unasked, { readonly room: string; readonly seq: number }>, Signal>;

/** The event that a frame is; undefined for one that has no place in a room. */
export function toldIn(frame: Unasked): Told | undefined {
  if (!isPush(frame)) return undefined;
  const { room, ...event } = frame;
  return { room, event };
}

/** The event as the server pushes it, whether it was pushed or fetched. */
export function jsonLine({ room, event: { type, ...rest } }: Told): string {
  return JSON.stringify({ type, room, ...rest }) + "\n";
}

/** What was said, for people and for logs; of anything else nothing. */
export function plainLines({ room, event }: Told): string {
  if (event.type !== "message" && event.type !== "edited") return "";
  const { text, from, time } = event;
  if (text === undefined) return "";
  const about = event.type === "edited" ? `(edits ${event.target}) ` : filesIn(event);
  const head = `${new Date(time).toISOString().slice(0, 19)}Z [${safeText(room)}] <${
    safeText(from)
  }> ${about}`;
  return safeLines(text).map((line, index) => (index === 0 ? head : "    ") + line + "\n").join("");
}

function filesIn({ files = [] }: RoomEvent<"message">): string {
  return files.map(({ name }) => `(file ${safeText(name)}) `).join("");
}

function isPush(frame: Unasked): frame is Pushed {
  return eventTypes.has(frame.type) && "room" in frame && "seq" in frame && frame.room !== undefined &&
    frame.seq !== undefined;
}
