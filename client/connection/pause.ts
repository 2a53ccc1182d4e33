import type { Cancel, Clock } from "../../shared/world/mod.ts";

/** Waits that can all be cut short. */
export class Pause {
  readonly #clock: Clock;
  readonly #running = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves after `ms` milliseconds, or when all are cut short. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const finish = () => {
        cancel();
        this.#running.delete(finish);
        resolve();
      };
      const cancel: Cancel = this.#clock.after(ms, finish);
      this.#running.add(finish);
    });
  }

  cutShort(): void {
    for (const finish of [...this.#running]) finish();
  }
}
