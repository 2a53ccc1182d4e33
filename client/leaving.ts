import type { Cancel } from "../shared/world/mod.ts";

/** Exit codes of programs that a signal ended: 128 and its number. */
const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Windows knows no SIGTERM. */
const signals = Deno.build.os === "windows"
  ? ["SIGINT", "SIGHUP"] as const
  : ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The end that comes from outside, at any time: a signal, Ctrl-C, or a terminal that goes away. */
export class Leaving {
  readonly #code = Promise.withResolvers<number>();
  readonly #cancels: readonly Cancel[];

  constructor() {
    this.#cancels = signals.map((signal) => {
      const leave = () => this.leave(signal);
      Deno.addSignalListener(signal, leave);
      return () => Deno.removeSignalListener(signal, leave);
    });
  }

  /** Resolves with the exit code. */
  get code(): Promise<number> {
    return this.#code.promise;
  }

  leave(because: keyof typeof exitCodes): void {
    this.#code.resolve(exitCodes[because]);
  }

  /** Leaves signals to the system again. */
  stop(): void {
    for (const cancel of this.#cancels) cancel();
  }
}
