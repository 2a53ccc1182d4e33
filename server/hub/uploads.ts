import { Refusal } from "../../shared/protocol/mod.ts";
import type { Part } from "../files/mod.ts";
import { Turns } from "./turns.ts";

/** Uploads that somebody is at, and files that are being sent. */
export class Uploads {
  readonly #active: Map<string, Active> = new Map();
  /** Work that is under way. */
  readonly #working: Set<Promise<unknown>> = new Set();
  /** Where bytes are being written that no row names yet. */
  readonly #places: Set<string> = new Set();
  /** Files that come with a message which is decided and not yet stored. */
  readonly sending: Set<string> = new Set();
  /** In which uploads are made files. */
  readonly keeping: Turns = new Turns();
  readonly #finishing: Map<number, Turns> = new Map();
  #stopped = false;

  /** One of a kind for each upload, as long as it is not forgotten; `open` makes it. */
  active(id: string, open: () => Part): Active {
    const known = this.#active.get(id);
    if (known !== undefined) return known;
    const active = { part: open(), turns: new Turns() };
    this.#active.set(id, active);
    return active;
  }

  /** In which the uploads of an account are looked through when all of them is here. */
  finishing(accountId: number): Turns {
    const known = this.#finishing.get(accountId);
    if (known !== undefined) return known;
    const turns = new Turns();
    this.#finishing.set(accountId, turns);
    return turns;
  }

  /** It is whole, or given up. */
  forget(id: string): void {
    this.#active.delete(id);
  }

  /** What is under way is waited for when the server stops. */
  track<Result>(work: Promise<Result>): Promise<Result> {
    this.#working.add(work);
    const done = () => this.#working.delete(work);
    work.then(done, done);
    return work;
  }

  /** Keeps others from what is written there for as long as `write` takes. */
  async writing<Result>(place: string, write: () => Promise<Result>): Promise<Result> {
    this.#places.add(place);
    try {
      return await write();
    } finally {
      this.#places.delete(place);
    }
  }

  isWriting(place: string): boolean {
    return this.#places.has(place);
  }

  /** Throws `shutting_down` when the server stops: nothing may be stored any more. What was uploaded lies there. */
  check(): void {
    if (!this.#stopped) return;
    throw new Refusal("shutting_down", "The server is stopping. Connect again in a moment and go on", {
      retryAfterMs: 1_000,
    });
  }

  /** What is under way ends at its next step. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.allSettled(this.#working);
  }
}

/** An upload that somebody is at. */
export interface Active {
  readonly part: Part;
  readonly turns: Turns;
}
