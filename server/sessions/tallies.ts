/** Something that happened so many times. */
export interface Tally {
  readonly count: number;
  /** From when on it fades: monotonic, in milliseconds. */
  readonly at: number;
}

/** How a tally is forgotten. */
export interface Fading {
  /** What is left of it by now; undefined where nothing is. */
  left(tally: Tally, now: number): Tally | undefined;
  /** From when on it fades after one more has come now. */
  restart(tally: Tally, now: number): number;
}

/** Forgets one for each `everyMs` that have gone by. */
export function fadesOneEvery(everyMs: number): Fading {
  return {
    left({ count, at }, now) {
      const gone = Math.floor((now - at) / everyMs);
      return gone < count ? { count: count - gone, at: at + gone * everyMs } : undefined;
    },
    restart: ({ at }) => at,
  };
}

/** Forgets all when nothing has come for `ms`. */
export function fadesAfter(ms: number): Fading {
  return {
    left: (tally, now) => now - tally.at < ms ? tally : undefined,
    restart: (_, now) => now,
  };
}

/** Counts of who did something how often. Where there are too many, the fewest and oldest are forgotten first. */
export class Tallies {
  readonly #max: number;
  readonly #fading: Fading;
  readonly #changed: (key: string, tally: Tally | undefined) => void;
  readonly #tallies: Map<string, Tally> = new Map();

  /** At most `max` are kept. `changed` is told every change that time alone does not make. */
  constructor(
    max: number,
    fading: Fading,
    changed: (key: string, tally: Tally | undefined) => void = () => {},
  ) {
    this.#max = max;
    this.#fading = fading;
    this.#changed = changed;
  }

  of(key: string, now: number): Tally | undefined {
    const tally = this.#tallies.get(key);
    return tally && this.#fading.left(tally, now);
  }

  /** Counts one more. The function returned takes it back, as if it had not been. */
  add(key: string, now: number): (now: number) => void {
    const before = this.of(key, now);
    const at = before === undefined ? now : this.#fading.restart(before, now);
    this.#set(key, { count: (before?.count ?? 0) + 1, at });
    return (later) => this.#takeBack(key, { from: before?.at ?? at, to: at }, later);
  }

  delete(key: string): void {
    if (this.#tallies.delete(key)) this.#changed(key, undefined);
  }

  /** Puts in what was kept from an earlier run. Returns false where it has faded meanwhile. */
  restore(key: string, tally: Tally, now: number): boolean {
    if (this.#fading.left(tally, now) === undefined) return false;
    this.#tallies.set(key, tally);
    return true;
  }

  #takeBack(key: string, { from, to }: { readonly from: number; readonly to: number }, now: number): void {
    const tally = this.of(key, now);
    if (tally === undefined) return;
    if (tally.count === 1) return this.delete(key);
    // Where others came after it, they are what it fades from.
    this.#set(key, { count: tally.count - 1, at: tally.at === to ? from : tally.at });
  }

  #set(key: string, tally: Tally): void {
    if (!this.#tallies.has(key) && this.#tallies.size >= this.#max) this.#evict();
    this.#tallies.set(key, tally);
    this.#changed(key, tally);
  }

  #evict(): void {
    let least: [string, Tally] | undefined;
    for (const entry of this.#tallies) {
      if (least === undefined || isLess(entry[1], least[1])) least = entry;
    }
    if (least !== undefined) this.delete(least[0]);
  }
}

function isLess(one: Tally, other: Tally): boolean {
  return one.count < other.count || (one.count === other.count && one.at < other.at);
}
