import { Refusal } from "../../shared/protocol/mod.ts";
import type { Cancel, Clock } from "../../shared/world/mod.ts";
import { ConnectionLost } from "./connection_lost.ts";

/** A room's mark is told at most once in this time. */
const everyMs = 1_000;

/** Tells the server what was read: of each room the furthest mark only, and seldom. */
export class ReadMarks {
  readonly #clock: Clock;
  readonly #tell: (room: string, seq: number) => Promise<unknown>;
  readonly #untold = new Map<string, number>();
  readonly #resting = new Map<string, Cancel>();

  /** `tell` may reject with `Refusal`, and with `ConnectionLost`, which keeps the mark for later. */
  constructor(clock: Clock, tell: (room: string, seq: number) => Promise<unknown>) {
    this.#clock = clock;
    this.#tell = tell;
  }

  mark(room: string, seq: number): void {
    this.#keep(room, seq);
    if (!this.#resting.has(room)) this.#tellRoom(room);
  }

  /** Tells all that is untold, now. */
  async flush(): Promise<void> {
    await Promise.all([...this.#untold.keys()].map((room) => this.#tellNow(room)));
  }

  /** The person wants the room to be unread: what is untold of it is told no more. */
  forget(room: string): void {
    this.#untold.delete(room);
  }

  stop(): void {
    for (const cancel of this.#resting.values()) cancel();
    this.#resting.clear();
  }

  #tellRoom(room: string): void {
    this.#resting.set(room, this.#clock.after(everyMs, () => this.#rested(room)));
    this.#tellNow(room);
  }

  #rested(room: string): void {
    this.#resting.delete(room);
    if (this.#untold.has(room)) this.#tellRoom(room);
  }

  async #tellNow(room: string): Promise<void> {
    const seq = this.#untold.get(room);
    if (seq === undefined) return;
    this.#untold.delete(room);
    try {
      await this.#tell(room, seq);
    } catch (cause) {
      if (cause instanceof ConnectionLost) this.#keep(room, seq);
      else if (!(cause instanceof Refusal)) throw cause;
    }
  }

  #keep(room: string, seq: number): void {
    this.#untold.set(room, Math.max(seq, this.#untold.get(room) ?? 0));
  }
}
