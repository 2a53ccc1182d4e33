/** Failures of all who are unknown together, which fade at a rate that may change. All times are monotonic milliseconds. */
export class FailureRate {
  #count = 0;
  #at = 0;

  /** How long until one more may begin, where `perSecond` are allowed on end and twice as many at once; 0 if it may. */
  waitMs(perSecond: number, now: number): number {
    this.#count = Math.max(0, this.#count - (now - this.#at) * perSecond / 1_000);
    this.#at = now;
    return Math.max(0, this.#count + 1 - 2 * perSecond) * 1_000 / perSecond;
  }

  add(): void {
    this.#count++;
  }

  /** One was none after all. */
  takeBack(): void {
    this.#count = Math.max(0, this.#count - 1);
  }
}
