import { limits } from "../../shared/protocol/mod.ts";

/** What is due on a connection: nothing, a ping, or its end because nobody logged in or was heard. */
export type Due = "nothing" | "ping" | "auth_timeout" | "idle";

/** How long one connection has been silent or without a login. All times are monotonic, in milliseconds. */
export class TimeLimits {
  #heardAt: number;
  #pingedAt: number | undefined;
  /** By when a stranger must ask to be let in. */
  #authenticateBy: number;

  /** A stranger has `patienceMs` for a first request to be let in. */
  constructor(now: number, patienceMs: number) {
    this.#heardAt = now;
    this.#authenticateBy = now + patienceMs;
  }

  /** A line has come. */
  heard(now: number): void {
    this.#heardAt = now;
    this.#pingedAt = undefined;
  }

  /** A login was refused: there is time for another try. */
  refused(now: number): void {
    this.#authenticateBy = now + limits.nextAuthenticationMs;
  }

  dueFromStranger(now: number): Due {
    return now > this.#authenticateBy ? "auth_timeout" : "nothing";
  }

  /** Says `ping` once for each silence. */
  dueFromGuest(now: number): Due {
    if (this.#pingedAt !== undefined) {
      return now - this.#pingedAt > limits.dropAfterPingMs ? "idle" : "nothing";
    }
    if (now - this.#heardAt <= limits.pingAfterMs) return "nothing";
    this.#pingedAt = now;
    return "ping";
  }
}
