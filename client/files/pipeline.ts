import type { Clock } from "../../shared/world/mod.ts";
import { limits } from "../../shared/protocol/mod.ts";
import { type Transfer, unlessStopped } from "./transfer.ts";

/** An answer that took less was quick enough for one more at a time, in milliseconds. */
const quickMs = 500;
/** One that took longer is near the time after which the whole line is taken for broken. */
const slowMs = 3_000;

/** Of the pace at which the server refuses, so that two clocks may differ. */
const paceShare = 0.9;

export interface PipelineSteps<Asked, Answered> {
  /** The next thing to ask, and how many bytes go with it; undefined at the end. */
  next(): Promise<{ readonly ask: Asked; readonly bytes: number } | undefined>;
  ask(asked: Asked): Promise<Answered>;
  /** Takes the answers, in the order in which they were asked for. */
  take(answer: Answered): Promise<void> | void;
  /** So many may be on their way at once. */
  readonly atOnceMax: number;
}

/**
 * Asks one after another, with several on their way at once where answers come quickly, and not faster than the server
 * takes. Rejects with the first thing that goes wrong, when none is on its way any more.
 */
export async function pipeline<Asked, Answered>(
  { clock, signal }: Pick<Transfer, "clock" | "signal">,
  { next, ask, take, atOnceMax }: PipelineSteps<Asked, Answered>,
): Promise<void> {
  const onTheirWay: Promise<Timed<Answered>>[] = [];
  const pace = new Pace(clock);
  let atOnce = 1;
  try {
    for (;;) {
      while (onTheirWay.length < atOnce) {
        signal?.throwIfAborted();
        const step = await next();
        if (step === undefined) break;
        await pace.wait(step.bytes);
        onTheirWay.push(timed(clock, ask(step.ask)));
      }
      const first = onTheirWay.shift();
      if (first === undefined) return;
      const { answer, tookMs } = await unlessStopped(first, signal);
      if (tookMs < quickMs) atOnce = Math.min(atOnceMax, atOnce + 1);
      else if (tookMs > slowMs) atOnce = 1;
      await take(answer);
    }
  } finally {
    if (!signal?.aborted) await Promise.allSettled(onTheirWay);
  }
}

interface Timed<Answered> {
  readonly answer: Answered;
  readonly tookMs: number;
}

function timed<Answered>(clock: Clock, answering: Promise<Answered>): Promise<Timed<Answered>> {
  const start = clock.monotonic();
  const timing = answering.then((answer) => ({ answer, tookMs: clock.monotonic() - start }));
  // It may fail while others before it are waited for.
  timing.catch(() => {});
  return timing;
}

/** Lets so many bytes pass as the server takes from one account. */
class Pace {
  readonly #clock: Clock;
  readonly #start: number;
  #bytes = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#start = clock.monotonic();
  }

  async wait(bytes: number): Promise<void> {
    const dueMs = Math.max(0, this.#bytes - limits.fileBurstBytes / 2) /
      (limits.fileBytesPerSecond * paceShare) * 1000;
    const earlyMs = dueMs - (this.#clock.monotonic() - this.#start);
    this.#bytes += bytes;
    if (earlyMs >= 1) await this.#clock.sleep(earlyMs);
  }
}
