import assert from "node:assert/strict";
import type { Connection, Happening } from "../../client/connection/mod.ts";

/** What a client has told of rooms: refuses an event that is told twice or out of its order, and lets others wait. */
export class Shown {
  /** The numbers that were told, by room, since the room was entered. */
  readonly rooms: Map<string, number[]> = new Map();
  /** Why the client has ended, if it has. */
  ended: string | undefined;
  #wake: () => void = () => {};

  constructor(connection: Connection) {
    connection.listen((happening) => {
      this.#take(happening);
      this.#wake();
    });
  }

  /** Resolves when anything is told, or at once when `signal` is aborted. */
  next(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      if (signal.aborted) resolve();
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
  }

  #take(happening: Happening): void {
    if (happening.kind === "ended") this.ended = happening.reason ?? "closed";
    if (happening.kind === "gone" || happening.kind === "reset") this.rooms.delete(happening.room);
    if (happening.kind !== "event") return;
    const { room, event: { seq } } = happening;
    const told = this.rooms.get(room) ?? [];
    const before = told.at(-1) ?? 0;
    assert.ok(seq > before, `#${room} shows ${seq} after ${before}`);
    told.push(seq);
    this.rooms.set(room, told);
  }
}
