import { Refusal } from "../../shared/protocol/mod.ts";
import type { Clock, Log } from "../../shared/world/mod.ts";
import { type Change, NotCommitted } from "../store/mod.ts";
import type { FanOut } from "./fan_out.ts";

/** Something that was decided: in memory already, not yet on disk, and told to nobody. */
export interface Entry {
  readonly changes: readonly Change[];
  /** It is on disk: tell it. */
  committed(): void;
  /** It could not be stored: put memory back as it was, and tell whoever asked. Called newest first. */
  failed(refusal: Refusal): void;
}

interface Committer {
  commit(batch: readonly Change[]): void;
}

/**
 * Group commit. Everything decided in one turn of the event loop is stored in one transaction at its end, and told
 * only then. A commit costs the same for one change as for a hundred, so a busy server commits at most every
 * `gatherMs`; an idle one commits at once.
 */
export class Journal {
  readonly #store: Committer;
  readonly #fanOut: FanOut;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #gatherMs: number;
  #entries: Entry[] = [];
  #committedAt = -Infinity;
  #failing = false;

  constructor(store: Committer, fanOut: FanOut, clock: Clock, log: Log, gatherMs: number) {
    this.#store = store;
    this.#fanOut = fanOut;
    this.#clock = clock;
    this.#log = log;
    this.#gatherMs = gatherMs;
  }

  add(entry: Entry): void {
    this.#entries.push(entry);
    if (this.#entries.length === 1) this.#schedule();
  }

  /** Resolves when changes that are told to nobody are on disk. Rejects with a Refusal. */
  stored(changes: readonly Change[]): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.add({ changes, committed: resolve, failed: reject });
    return promise;
  }

  /** Stores and tells what was decided so far, now. */
  commit(): void {
    const entries = this.#entries;
    if (entries.length === 0) return;
    this.#entries = [];
    const changes = entries.flatMap((entry) => entry.changes);
    try {
      if (changes.length > 0) this.#store.commit(changes);
    } catch (error) {
      this.#takeBack(entries, error);
      return;
    } finally {
      this.#committedAt = this.#clock.monotonic();
    }
    if (this.#failing && changes.length > 0) this.#recovered();
    for (const entry of entries) entry.committed();
    this.#fanOut.flush();
  }

  #schedule(): void {
    const waitMs = this.#committedAt + this.#gatherMs - this.#clock.monotonic();
    if (waitMs > 0) this.#clock.after(waitMs, () => this.commit());
    else this.#clock.endOfTurn(() => this.commit());
  }

  #takeBack(entries: readonly Entry[], error: unknown): void {
    if (!(error instanceof NotCommitted)) throw error;
    if (!this.#failing) this.#log.error("store_failed", { reason: error.message });
    this.#failing = true;
    const refusal = new Refusal(
      "unavailable",
      "The server cannot store anything at the moment, so nothing was changed. Try again in a few seconds",
      { retryAfterMs: 5_000 },
    );
    for (const entry of entries.toReversed()) entry.failed(refusal);
  }

  #recovered(): void {
    this.#failing = false;
    this.#log.info("store_recovered");
  }
}
