import type { Clock, Log } from "../../shared/world/mod.ts";
import { NotCommitted, type Store } from "../store/mod.ts";
import { Recurring } from "./recurring.ts";

/** How long what was deleted stands in the database's log, at most, in milliseconds, while no other process reads from that. */
const traceMs = 30_000;

/** So many free pages are kept for what will be said next: 256 KiB. */
const freePagesKept = 64;

/** So many pages one step gives back. */
const stepPages = 32;

/** So many messages that are gone make the index loose, if they are this part of those that are in it. */
const looseMin = 1_000, loosePart = 0.25;

/**
 * Words that are in no message any more may divide its pages until these are put in order: that is done after so many
 * milliseconds for each message that is in it, since it takes the longer the more there are. A million make it 17 hours.
 */
const wordMs = 60;

/** How long a step is followed by none, and how often it is looked whether there is something to do, in milliseconds. */
const restMs = 20, lookMs = 1_000;

/**
 * Sees to what deletions leave behind: empties the database's log, in which stands what was deleted, soon after that; puts
 * the search index in order; and gives the space back to the disk. All in small steps.
 */
export class Reclaiming {
  readonly #space: Store["space"];
  readonly #search: Store["search"];
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #steps: Recurring;
  #emptiedAt = -Infinity;
  #isPacking = false;
  #packedAt = -Infinity;
  #failing = false;

  constructor({ space, search }: Store, clock: Clock, log: Log) {
    this.#space = space;
    this.#search = search;
    this.#clock = clock;
    this.#log = log;
    this.#steps = new Recurring(clock, lookMs, () => this.#work() ? restMs : lookMs);
  }

  start(): void {
    this.#steps.start();
  }

  stop(): void {
    this.#steps.stop();
  }

  /** Whether there is more to do. */
  #work(): boolean {
    try {
      this.#emptyLog();
      const more = this.#packIndex() || this.#giveBack();
      this.#failing = false;
      return more;
    } catch (error) {
      if (!(error instanceof NotCommitted)) throw error;
      if (!this.#failing) this.#log.error("reclaiming_failed", { reason: error.message });
      this.#failing = true;
      return false;
    }
  }

  #emptyLog(): void {
    const now = this.#clock.monotonic();
    if (now - this.#emptiedAt >= traceMs && this.#space.emptyLog()) this.#emptiedAt = now;
  }

  #packIndex(): boolean {
    if (!this.#isPacking && !this.#isDisorderly()) return false;
    this.#isPacking = this.#search.pack(this.#isPacking);
    this.#packedAt = this.#clock.monotonic();
    return this.#isPacking;
  }

  #isDisorderly(): boolean {
    const { messages, gone } = this.#search.order();
    if (gone >= Math.max(looseMin, messages * loosePart)) return true;
    return gone > 0 && this.#clock.monotonic() - this.#packedAt >= Math.max(traceMs, messages * wordMs);
  }

  #giveBack(): boolean {
    const pages = this.#space.freePages() - freePagesKept;
    if (pages > 0) this.#space.giveBack(Math.min(pages, stepPages));
    return pages > stepPages;
  }
}
