import { type Chance, type Clock, lineLog, systemClock, type World } from "../../shared/world/mod.ts";

export interface TestWorld extends World {
  /** What was logged so far: one JSON line an event, with its newline. */
  readonly lines: readonly string[];
}

export interface TestWorldOptions {
  /** Real time unless a test hands in a `manualClock()`. */
  readonly clock?: Clock;
  /** The same seed gives the same bytes and fractions. */
  readonly seed?: number;
}

/** A world for one test: its log is kept, and its chance repeats itself. */
export function testWorld({ clock = systemClock(), seed = 1 }: TestWorldOptions = {}): TestWorld {
  const lines: string[] = [];
  return {
    clock,
    chance: seededChance(seed),
    log: lineLog("json", clock, (line) => lines.push(line)),
    lines,
  };
}

/** Mulberry32: small, and good enough to tell test values apart. */
export function seededChance(seed: number): Chance {
  let state = seed | 0;
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }
  return {
    bytes: (count) => Uint8Array.from({ length: count }, () => next() & 0xff),
    fraction: () => next() / 2 ** 32,
  };
}
