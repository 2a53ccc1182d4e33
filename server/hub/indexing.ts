import type { Cancel, Clock, Log } from "../../shared/world/mod.ts";
import { NotCommitted, type Store } from "../store/mod.ts";

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
  #timer: Cancel = () => {};
  #failing = false;

  constructor({ search }: Store, clock: Clock, log: Log) {
    this.#search = search;
    this.#clock = clock;
    this.#log = log;
  }

  start(): void {
    this.#schedule(lookMs);
  }

  stop(): void {
    this.#timer();
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

  #schedule(ms: number): void {
    const due = this.#clock.monotonic() + ms;
    this.#timer = this.#clock.after(ms, () => this.#work(this.#clock.monotonic() - due));
  }

  #work(late: number): void {
    if (!this.#search.isBehind()) return this.#schedule(lookMs);
    const end = this.#clock.monotonic() + stepMs;
    const isDone = this.#advance((done) => done > 0 && this.#clock.monotonic() >= end);
    this.#schedule(!isDone ? retryMs : late > lateMs ? busyRestMs : restMs);
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
