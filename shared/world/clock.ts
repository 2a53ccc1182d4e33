/** Ends a timer. Calling it twice, or after the timer has run, does nothing. */
export type Cancel = () => void;

export interface Clock {
  /** Wall time in milliseconds since the Unix epoch. It may jump; never use it for order or for durations. */
  now(): number;
  /** Milliseconds from an arbitrary start; never goes back. */
  monotonic(): number;
  /** Runs `run` once, `ms` milliseconds from now (0 to 2^31-1). */
  after(ms: number, run: () => void): Cancel;
  /** Runs `run` every `ms` milliseconds until cancelled. Does not by itself keep the process alive. */
  every(ms: number, run: () => void): Cancel;
  /** Runs `run` when the present turn of the event loop is over: after all input that has already arrived. */
  endOfTurn(run: () => void): void;
  /** Resolves after `ms` milliseconds. */
  sleep(ms: number): Promise<void>;
}

export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    after(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    every(ms, run) {
      const timer = setInterval(run, ms);
      Deno.unrefTimer(timer);
      return () => clearInterval(timer);
    },
    endOfTurn(run) {
      setImmediate(run);
    },
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}
