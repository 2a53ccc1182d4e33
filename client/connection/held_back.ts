import type { PlacedEvent } from "../model/mod.ts";

/** Events of one room that are held back; with more, they are fetched from the history instead. */
const heldMax = 1_000;

/** Events that have come before their turn, by room and `seq`. */
export class HeldBack {
  readonly #rooms = new Map<string, Map<number, PlacedEvent>>();

  /** False if there are too many of this room: then all are forgotten. */
  add(room: string, event: PlacedEvent): boolean {
    const held = this.#rooms.get(room) ?? new Map<number, PlacedEvent>();
    this.#rooms.set(room, held.set(event.seq, event));
    if (held.size <= heldMax) return true;
    this.#rooms.delete(room);
    return false;
  }

  /** By rising `seq`. */
  of(room: string): readonly PlacedEvent[] {
    return [...this.#rooms.get(room)?.values() ?? []].sort((one, other) => one.seq - other.seq);
  }

  /** The lowest `seq` that is held. */
  first(room: string): number | undefined {
    return this.of(room)[0]?.seq;
  }

  /** Forgets those up to `seq`. True if none is left. */
  dropUpTo(room: string, seq: number): boolean {
    const held = this.#rooms.get(room);
    for (const each of held?.keys() ?? []) if (each <= seq) held?.delete(each);
    if (held === undefined || held.size > 0) return held === undefined;
    return this.#rooms.delete(room);
  }

  forget(room: string): void {
    this.#rooms.delete(room);
  }

  clear(): void {
    this.#rooms.clear();
  }
}
