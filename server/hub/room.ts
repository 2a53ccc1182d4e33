import type { EventRow, RoomRow } from "../store/mod.ts";
import type { Outbox } from "./outbox.ts";

/** A room as the hub has it in memory. */
export class Room {
  /** What is decided about it. */
  row: RoomRow;
  /** The `seq` that was given out last; what is above `committedSeq` may yet be taken back. */
  seq: number;
  /** The `seq` of the newest event that is on disk. */
  committedSeq: number;
  /** Nothing in it is over before this time, in milliseconds since the Unix epoch; 0 until it is known. A hold is left out of account. */
  dueAt = 0;
  /** How many messages that are no replies were told since the start: what is unread is a difference of it. */
  said = 0;
  /** The ids of the accounts that are in it. */
  readonly members: Set<number> = new Set();
  /** The ids of the accounts that may not come back. */
  readonly banned: Set<number> = new Set();
  /** Who muted the accounts that may say nothing, by their ids: also those that are not in it at the moment. */
  readonly muted: Map<number, number> = new Map();
  /** Messages with a nonce that are not yet on disk, by account and nonce. */
  readonly pendingNonces: Map<string, EventRow> = new Map();
  /** When all its members were last meant, where they are so many that it is not often allowed: monotonic, in milliseconds. */
  calledAt = -Infinity;
  /** Messages whose deletion is decided and not yet on disk. */
  readonly deleting: Set<number> = new Set();
  /** The sessions that are told what happens here. */
  readonly attached: Set<Outbox> = new Set();

  constructor(row: RoomRow, seq: number) {
    this.row = row;
    this.seq = seq;
    this.committedSeq = seq;
  }

  get name(): string {
    return this.row.name;
  }
}

/** Whether it is among the rooms that somebody may make: direct conversations are bounded by whom they are with. */
export function countsAsMade({ access }: Pick<RoomRow, "access">): boolean {
  return access !== "direct";
}
