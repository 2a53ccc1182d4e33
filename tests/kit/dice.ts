import { seededChance } from "./world.ts";

/** Chance for scripts: the same seed picks the same. */
export class Dice {
  readonly #fraction: () => number;

  constructor(seed: number) {
    this.#fraction = seededChance(seed).fraction;
  }

  /** Throws where there is nothing to pick from. */
  pick<T>(values: readonly T[]): T {
    const value = values[Math.floor(this.#fraction() * values.length)];
    if (value === undefined) throw new Error("Nothing to pick from");
    return value;
  }

  /** True in so many of a hundred cases. */
  percent(share: number): boolean {
    return this.#fraction() * 100 < share;
  }
}
