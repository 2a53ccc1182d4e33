/** Decisions that are made of several parts, which are stored together and told together or not at all. */
import type { Change } from "../store/mod.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import type { Room } from "./room.ts";

/** Who asked for something, and by which request. */
export interface Asking {
  readonly guest: Guest;
  readonly re: string;
}

/** One part of a decision: in memory from its making, on disk with its `changes`. */
export interface Step {
  readonly changes: readonly Change[];
  /** It is on disk: tell it, and answer `asking` where it is this step that was asked for. */
  committed(asking?: Asking): void;
  /** It could not be stored: put memory back as it was before. */
  takeBack(): void;
}

export interface Steps {
  /** What follows from the request, or must come before it. */
  readonly before?: readonly Step[];
  /** What was asked for. */
  readonly asked: Step;
  readonly after?: readonly Step[];
}

/** Gives steps to the journal in their order. */
export function decide(hub: Hub, asking: Asking, { before = [], asked, after = [] }: Steps): void {
  const steps = [...before, asked, ...after];
  hub.journal.add({
    changes: steps.flatMap(({ changes }) => changes),
    committed: () => {
      for (const step of steps) step.committed(step === asked ? asking : undefined);
    },
    failed: (refusal) => {
      for (const step of steps.toReversed()) step.takeBack();
      asking.guest.refuse(refusal, asking.re);
    },
  });
}

/**
 * Answers that a room is already as it was asked to be. It comes after what the same session has just done: nobody hears a
 * `seq` of a room before the lower ones.
 */
export function answerUnchanged(hub: Hub, { guest, re }: Asking, room: Room): void {
  hub.journal.add({
    changes: [],
    committed: () => {
      hub.fanOut.flushRoom(room);
      guest.answer({ type: "ok", re, room: room.name, seq: room.committedSeq });
    },
    // What it was like may have been taken back itself.
    failed: (refusal) => guest.refuse(refusal, re),
  });
}
