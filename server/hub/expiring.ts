import { limits } from "../../shared/protocol/mod.ts";
import { expireSome } from "./expiry.ts";
import type { Hub } from "./hub.ts";
import { Recurring } from "./recurring.ts";
import type { Room } from "./room.ts";

/** How long one step may take, in milliseconds: whoever says something meanwhile waits so long. */
const stepMs = 15;

/** How many messages one step takes away at least. It finds out how many it can in its time. */
const batchMin = 4;

/** How long a step is followed by none: where others have something to do, it takes a tenth of the time. */
const restMs = 5, busyRestMs = 50;

/** A timer that comes so much too late, in milliseconds, tells that others have something to do. */
const lateMs = 3;

/** How often it is looked whether something is over, and how long after the disk failed it is tried again. */
const lookMs = 1_000, retryMs = 10_000;

/**
 * Takes messages away whose time is over, in small steps, in one room after the other. It has no state that must last:
 * what is over and still there is found anew after a restart, so that each goes exactly once.
 */
export class Expiring {
  readonly #hub: Hub;
  readonly #steps: Recurring;
  #batch = batchMin;
  /** Rooms that may have something to take away, the next one first. */
  readonly #due: Set<Room> = new Set();

  constructor(hub: Hub) {
    this.#hub = hub;
    this.#steps = new Recurring(hub.world.clock, lookMs, (lateMs) => this.#work(lateMs));
  }

  start(): void {
    this.#steps.start();
  }

  stop(): void {
    this.#steps.stop();
  }

  /** Returns when to go on, in milliseconds. */
  #work(late: number): number {
    if (this.#due.size === 0) this.#look();
    const isDone = this.#step();
    if (!isDone) return retryMs;
    if (this.#due.size === 0) return lookMs;
    return late > lateMs ? busyRestMs : restMs;
  }

  #look(): void {
    const now = this.#hub.world.clock.now();
    for (const room of this.#hub.rooms.all()) {
      if (room.dueAt <= now && !room.row.held) this.#due.add(room);
    }
  }

  /** Looks at rooms until something was taken away in one of them, or the time is over. False if it could not be stored. */
  #step(): boolean {
    const { clock } = this.#hub.world;
    const end = clock.monotonic() + stepMs;
    for (const room of this.#due) {
      this.#due.delete(room);
      const begun = clock.monotonic();
      const outcome = expireSome(this.#hub, room, this.#batch);
      if (outcome === "failed") return false;
      if (outcome === "some") {
        // Behind the others: a room where much is over shall not keep them waiting.
        this.#due.add(room);
        this.#learn(clock.monotonic() - begun);
        break;
      }
      if (clock.monotonic() >= end) break;
    }
    return true;
  }

  #learn(tookMs: number): void {
    if (tookMs > stepMs) this.#batch = Math.max(batchMin, Math.floor(this.#batch / 2));
    else if (tookMs < stepMs / 2) this.#batch = Math.min(limits.expiredPerEvent, this.#batch * 2);
  }
}
