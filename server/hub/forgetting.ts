import type { Cancel, Clock, Log } from "../../shared/world/mod.ts";
import type { Store } from "../store/mod.ts";

/** How long, at most, what was taken away may still lie in the store's log, in milliseconds. */
const forgetMs = 60_000;

/** Has the store forgot what was taken away, now and then. */
export class Forgetting {
  readonly #store: Pick<Store, "finishErasing">;
  readonly #clock: Clock;
  readonly #log: Log;
  #timer: Cancel = () => {};
  #failing = false;

  constructor(store: Pick<Store, "finishErasing">, clock: Clock, log: Log) {
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
  }

  start(): void {
    this.#timer = this.#clock.every(forgetMs, () => this.#work());
  }

  stop(): void {
    this.#timer();
  }

  /** What fails is tried again: a full disk keeps nobody from talking. */
  #work(): void {
    try {
      this.#store.finishErasing();
      this.#failing = false;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!this.#failing) this.#log.error("erasing_failed", { reason });
      this.#failing = true;
    }
  }
}
