/**
 * How long messages last: to the earliest of their own end, the room's time to keep them after they were said, and the
 * server's. Under legal hold everything lasts. What is over is shown to nobody, though it may not be taken away yet.
 */
import { limits, Refusal } from "../../shared/protocol/mod.ts";
import type { EventRow, Horizon } from "../store/mod.ts";
import type { Hub } from "./hub.ts";
import type { Room } from "./room.ts";

type Timed = Pick<EventRow, "time" | "expires">;

/** Times are never below 0: so nothing is over. */
const nothingOver: Horizon = { now: -1, until: -1 };

/** What is over in a room at this moment. */
export function horizonOf(hub: Hub, room: Room): Horizon {
  const now = hub.world.clock.now(), kept = keptMs(hub, room);
  if (room.row.held || room.dueAt > now) return nothingOver;
  return { now, until: kept === undefined ? nothingOver.until : now - kept };
}

export function isOver({ time, expires }: Timed, { now, until }: Horizon): boolean {
  return time <= until || (expires !== undefined && expires <= now);
}

/** When a message will be over; Infinity if never. A hold is left out of account. */
export function endOf(hub: Hub, room: Room, { time, expires = Infinity }: Timed): number {
  return Math.min(expires, time + (keptMs(hub, room) ?? Infinity));
}

/** Of a message that is over what is seen of one that was deleted: its place. */
export function asSeen(row: EventRow, horizon: Horizon): EventRow {
  if (row.type !== "message" || !isOver(row, horizon)) return row;
  const { seq, type, accountId, time, thread } = row;
  return { seq, type, accountId, time, thread, text: undefined };
}

/** Events with nothing of what is over in them. */
export function rowsAsSeen(hub: Hub, room: Room, rows: readonly EventRow[]): readonly EventRow[] {
  const horizon = horizonOf(hub, room);
  if (horizon === nothingOver) return rows;
  const reacted = rows.flatMap(({ type, target }) =>
    type === "reacted" && target !== undefined ? [target] : []
  );
  const over = new Set(hub.store.expiry.overAmong(room.row.id, reacted, horizon));
  return rows.map((row) =>
    row.target !== undefined && over.has(row.target) ? { ...row, text: undefined } : asSeen(row, horizon)
  );
}

/** How long messages of a room are kept after they were said, in milliseconds; undefined for ever. */
function keptMs({ policy }: Hub, { row: { retentionMs } }: Room): number | undefined {
  const shortest = Math.min(retentionMs ?? Infinity, policy.retentionMs ?? Infinity);
  return shortest === Infinity ? undefined : shortest;
}

/** Throws `bad_request` for a time so short that it must be a mistake; 0 stands for ever. */
export function refuseTooShort(retentionMs: number | undefined): void {
  if (retentionMs === undefined || retentionMs === 0 || retentionMs >= limits.retentionMsMin) return;
  throw new Refusal(
    "bad_request",
    `Messages are kept for an hour at least, or with 0 for ever. To have one message gone sooner, say so of that message`,
  );
}
