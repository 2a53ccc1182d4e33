import { nextExpiry, withoutExpired } from "../model/mod.ts";
import type { Cancel, Clock } from "../../shared/world/mod.ts";
import type { View } from "./view.ts";

/** The clock of this machine may be set meanwhile, and timers take no longer time than a month. */
const lookEveryMs = 60 * 60 * 1000;

/** Takes messages out of what is held here when their time is over, whether there is a connection or not. */
export class Expiries {
  readonly #view: View;
  readonly #clock: Clock;
  #cancel: Cancel = () => {};
  #dueAt = Infinity;

  constructor(view: View, clock: Clock) {
    this.#view = view;
    this.#clock = clock;
  }

  /** The room has other events than before. */
  look(name: string): void {
    const room = this.#view.room(name);
    const dueAt = room === undefined ? Infinity : nextExpiry(room);
    if (dueAt < this.#dueAt) this.#wait(dueAt);
  }

  stop(): void {
    this.#cancel();
  }

  #wait(dueAt: number): void {
    this.#cancel();
    this.#dueAt = dueAt;
    if (dueAt === Infinity) return;
    const waitMs = Math.min(Math.max(0, dueAt - this.#clock.now()), lookEveryMs);
    this.#cancel = this.#clock.after(waitMs, () => this.#takeAway());
  }

  #takeAway(): void {
    const now = this.#clock.now();
    let next = Infinity;
    for (const room of this.#view.model.rooms.values()) {
      const left = withoutExpired(room, now);
      if (left !== room) this.#view.put(left);
      next = Math.min(next, nextExpiry(left));
    }
    this.#wait(next);
  }
}
