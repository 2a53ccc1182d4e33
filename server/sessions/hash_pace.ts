/** How long a hash takes until it is known better, in milliseconds: what its cost is chosen for. */
const usualMs = 250;

/** What the newest hash counts for, of all that were timed. */
const newestWeight = 0.2;

/** How many hashes a number of threads can do on this machine, beside all else that it does. */
export class HashPace {
  readonly #threads: number;
  #hashMs = usualMs;

  constructor(threads: number) {
    this.#threads = threads;
  }

  /** One was computed in so many milliseconds. */
  took(ms: number): void {
    this.#hashMs += newestWeight * (ms - this.#hashMs);
  }

  get perSecond(): number {
    return 1_000 * this.#threads / this.#hashMs;
  }
}
