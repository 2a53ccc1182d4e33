/** A token bucket: `burst` at once, `perSecond` on end. */
export class Bucket {
  readonly #burst: number;
  readonly #perMs: number;
  #tokens: number;
  #filledAt = 0;

  constructor(burst: number, perSecond: number) {
    this.#burst = burst;
    this.#perMs = perSecond / 1000;
    this.#tokens = burst;
  }

  /** Takes so many and returns 0, or returns the milliseconds until there are as many. More than `burst` never fit. */
  take(now: number, amount: number = 1): number {
    this.#tokens = Math.min(this.#burst, this.#tokens + (now - this.#filledAt) * this.#perMs);
    this.#filledAt = now;
    if (this.#tokens < amount) return (amount - this.#tokens) / this.#perMs;
    this.#tokens -= amount;
    return 0;
  }
}
