import type { Cancel, Clock } from "../../shared/world/mod.ts";

/** A clock that stands still until a test moves it. Only `endOfTurn` is real: it waits for the true event loop. */
export interface ManualClock extends Clock {
  /** Moves time on by `ms` and runs what falls due, in the order in which it falls due, before it returns. */
  advance(ms: number): void;
  /** As `advance`, but lets promises settle after each timer, so that code which sleeps in a loop keeps up. */
  pass(ms: number): Promise<void>;
  /** Moves time on to where the first of those who sleep wakes up; does nothing where nobody sleeps. */
  wake(): void;
}

interface Timer {
  dueAt: number;
  readonly order: number;
  readonly everyMs: number | undefined;
  readonly run: () => void;
}

/** `startAt` is the wall time in milliseconds since the Unix epoch; monotonic time starts at 0. */
export function manualClock(startAt: number = Date.UTC(2026, 0, 1)): ManualClock {
  const timers = new Set<Timer>();
  const sleepsUntil = new Set<number>();
  let elapsedMs = 0;
  let timersMade = 0;

  function add(ms: number, everyMs: number | undefined, run: () => void): Cancel {
    const timer = { dueAt: elapsedMs + ms, order: timersMade++, everyMs, run };
    timers.add(timer);
    return () => void timers.delete(timer);
  }

  /** Runs the first timer due by `end`. False if there is none. */
  function runNext(end: number): boolean {
    const next = firstDue(timers, end);
    if (next === undefined) return false;
    elapsedMs = Math.max(elapsedMs, next.dueAt);
    if (next.everyMs === undefined) timers.delete(next);
    else next.dueAt += next.everyMs;
    next.run();
    return true;
  }

  function advance(ms: number): void {
    const end = elapsedMs + ms;
    while (runNext(end));
    elapsedMs = end;
  }

  async function sleep(ms: number): Promise<void> {
    const end = elapsedMs + ms;
    sleepsUntil.add(end);
    await new Promise<void>((resolve) =>
      add(ms, undefined, () => {
        sleepsUntil.delete(end);
        resolve();
      })
    );
  }

  async function pass(ms: number): Promise<void> {
    const end = elapsedMs + ms;
    do await turn(); while (runNext(end));
    elapsedMs = end;
  }

  return {
    now: () => startAt + elapsedMs,
    monotonic: () => elapsedMs,
    after: (ms, run) => add(ms, undefined, run),
    every: (ms, run) => add(ms, Math.max(1, ms), run),
    endOfTurn: (run) => void setImmediate(run),
    sleep,
    advance,
    pass,
    wake() {
      if (sleepsUntil.size > 0) advance(Math.min(...sleepsUntil) - elapsedMs);
    },
  };
}

function firstDue(timers: Iterable<Timer>, end: number): Timer | undefined {
  let first: Timer | undefined;
  for (const timer of timers) {
    if (timer.dueAt <= end && (first === undefined || comesBefore(timer, first))) first = timer;
  }
  return first;
}

function comesBefore(one: Timer, other: Timer): boolean {
  return one.dueAt < other.dueAt || (one.dueAt === other.dueAt && one.order < other.order);
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
