import type { Clock, Log } from "../../shared/world/mod.ts";
import { NotCommitted, type Store } from "../store/mod.ts";
import { Recurring } from "./recurring.ts";

/** How long one step takes, in milliseconds, beside the storing of it: whoever says something meanwhile waits so long. */
const stepMs = 2;

/** How long a step is followed by none: where others have something to do, it takes a hundredth of the time. */
const restMs = 2, busyRestMs = 200;

/** A timer that comes so much too late, in milliseconds, tells that others have something to do. */
const lateMs = 3;

/** How often it is looked whether there is something to index, and how long after the disk failed it is tried again. */
const lookMs = 1_000, retryMs = 10_000;

/**
 * Indexes for search what was said, in small steps while little else goes on. A search itself indexes what was said just
 * before it.
 */
export class Indexing {
  readonly #search: Store["search"];
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #steps: Recurring;
  #failing = false;

  constructor({ search }: Store, clock: Clock, log: Log) {
    this.#search = search;
    this.#clock = clock;
    this.#log = log;
    this.#steps = new Recurring(clock, lookMs, (lateMs) => this.#work(lateMs));
  }

  start(): void {
    this.#steps.start();
  }

  stop(): void {
    this.#steps.stop();
  }

  /** Indexes what there is if that is little. Returns whether everything is indexed. */
  catchUp(): boolean {
    if (!this.#search.isBehind()) return true;
    const start = this.#clock.monotonic();
    this.#advance((done) =>
      this.#clock.monotonic() >= start + (done >= catchUpMessages ? catchUpMs : catchUpMsMax)
    );
    return !this.#search.isBehind();
  }

  /** Returns when to go on, in milliseconds. */
  #work(late: number): number {
    if (!this.#search.isBehind()) return lookMs;
    const end = this.#clock.monotonic() + stepMs;
    const isDone = this.#advance((done) => done > 0 && this.#clock.monotonic() >= end);
    if (!isDone) return retryMs;
    return late > lateMs ? busyRestMs : restMs;
  }

  /** False if it could not be stored. */
  #advance(isEnough: (done: number) => boolean): boolean {
    try {
      this.#search.advance(isEnough);
      this.#failing = false;
      return true;
    } catch (error) {
      if (!(error instanceof NotCommitted)) throw error;
      if (!this.#failing) this.#log.error("indexing_failed", { reason: error.message });
      this.#failing = true;
      return false;
    }
  }
}

/**
 * A search first indexes what was said in the last few milliseconds, and so many messages even if they take longer: but
 * not those of somebody who says the longest texts there may be, which others would wait for.
 */
const catchUpMs = 5, catchUpMessages = 32, catchUpMsMax = 20;
