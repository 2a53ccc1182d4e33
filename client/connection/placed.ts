import type { Push, UnknownFrame } from "../../shared/protocol/mod.ts";
import type { PlacedEvent } from "../model/mod.ts";

/** The event that a push is, without the name of its room; undefined for a frame that has no place in a room. */
export function placeOf(frame: Push | UnknownFrame): PlacedEvent | undefined {
  if (frame.type !== "unknown") {
    const { room: _room, ...event } = frame;
    return event;
  }
  return frame.seq === undefined ? undefined : { type: "unknown", seq: frame.seq };
}
