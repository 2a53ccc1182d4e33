import { type ManualClock, manualClock } from "./manual_clock.ts";

/** A clock that goes on by itself, as the world's does, and can be moved on by hours in between. To be disposed of. */
export interface JumpingClock extends ManualClock, Disposable {}

export function jumpingClock(): JumpingClock {
  // Clients and openssl check certificates against the true time.
  const clock = manualClock(Date.now());
  let last = performance.now();
  const timer = setInterval(() => {
    // Clocks of this world tell whole milliseconds.
    const elapsedMs = Math.floor(performance.now() - last);
    last += elapsedMs;
    clock.advance(elapsedMs);
  }, 1);
  return { ...clock, [Symbol.dispose]: () => clearInterval(timer) };
}
