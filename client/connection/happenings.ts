import type { Cancel } from "../../shared/world/mod.ts";
import type { Happening } from "./happening.ts";

/** What is kept until somebody listens; of more, the newest. */
const earlyMax = 10_000;

export type Listener = (happening: Happening) => void;

/** Tells everybody who listens, in order. What happened before the first one listened is told to that one. */
export class Happenings {
  readonly #listeners = new Set<Listener>();
  #early: Happening[] | undefined = [];

  tell(happening: Happening): void {
    if (this.#early === undefined) {
      for (const listener of this.#listeners) listener(happening);
    } else {
      this.#early.push(happening);
      if (this.#early.length > earlyMax) this.#early.shift();
    }
  }

  listen(listener: Listener): Cancel {
    const own: Listener = (happening) => listener(happening);
    this.#listeners.add(own);
    const early = this.#early ?? [];
    this.#early = undefined;
    early.forEach(own);
    return () => void this.#listeners.delete(own);
  }
}
