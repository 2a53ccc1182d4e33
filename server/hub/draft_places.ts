/** Where people have drafts. */
import type { Store } from "../store/mod.ts";
import type { Account } from "./account.ts";

/** Where a draft is kept. */
export interface DraftPlace {
  readonly roomId: number;
  /** The message that its thread begins with, or 0 for the room itself. */
  readonly thread: number;
  /** When it was written; no two of an account are of the same time. */
  readonly time: number;
}

/** The places of one account's drafts by their keys, oldest first. */
export type DraftPlaces = ReadonlyMap<string, DraftPlace>;

/** Where everybody's drafts are, as far as that was asked for since the start. The texts are in the store alone. */
export class Drafts {
  readonly #store: Store;
  readonly #places: Map<number, DraftPlaces> = new Map();

  constructor(store: Store) {
    this.#store = store;
  }

  of(account: Account): DraftPlaces {
    const known = this.#places.get(account.id);
    if (known !== undefined) return known;
    const stored = this.#store.personal.draftPlaces(account.id);
    const places = new Map(stored.map((place) => [keyOf(place.roomId, place.thread), place]));
    this.#places.set(account.id, places);
    return places;
  }

  set(account: Account, places: DraftPlaces): void {
    this.#places.set(account.id, places);
  }
}

export function keyOf(roomId: number, thread: number): string {
  return `${roomId} ${thread}`;
}
