import type { Cancel, Clock } from "../../shared/world/mod.ts";

/** Something that is done again and again, and says each time when it is next to be done. */
export class Recurring {
  readonly #clock: Clock;
  readonly #firstMs: number;
  readonly #work: (lateMs: number) => number;
  #timer: Cancel = () => {};

  /**
   * It is first done after `firstMs` milliseconds, and then when so many are over as `work` returned. `work` is told how
   * many it comes too late: that tells whether others have something to do.
   */
  constructor(clock: Clock, firstMs: number, work: (lateMs: number) => number) {
    this.#clock = clock;
    this.#firstMs = firstMs;
    this.#work = work;
  }

  start(): void {
    this.#schedule(this.#firstMs);
  }

  stop(): void {
    this.#timer();
  }

  #schedule(ms: number): void {
    const due = this.#clock.monotonic() + ms;
    this.#timer = this.#clock.after(ms, () => this.#schedule(this.#work(this.#clock.monotonic() - due)));
  }
}
