import type { Clock } from "../../shared/world/mod.ts";

/** How long lines may be taken before timers, commits and other sockets get their turn, in milliseconds. */
const turnMsMax = 2;

/**
 * One turn of the event loop, shared by all connections of a door. Deno resolves a read that has its bytes already
 * without going round the loop, so whoever sends without a pause would be heard alone, and nothing else would run.
 */
export class Turn {
  readonly #clock: Clock;
  #endsAt: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Undefined while this turn may go on; else resolves in the next one. */
  over(): Promise<void> | undefined {
    const now = this.#clock.monotonic();
    if (this.#endsAt === undefined) {
      this.#endsAt = now + turnMsMax;
      this.#clock.endOfTurn(() => this.#endsAt = undefined);
    }
    if (now < this.#endsAt) return undefined;
    return new Promise((resolve) => this.#clock.endOfTurn(resolve));
  }
}
