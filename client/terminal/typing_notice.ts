import { type Connection, ConnectionLost } from "../connection/mod.ts";
import { limits, Refusal } from "../../shared/protocol/mod.ts";
import type { Clock } from "../../shared/world/mod.ts";

/** Tells a room that the person is writing, as long as their line goes on changing. */
export class TypingNotice {
  readonly #connection: Connection;
  readonly #clock: Clock;
  #seen = "";
  #nextAt = 0;

  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  /** To be called about every second with the line as it is. Nobody is told of commands. */
  look(room: string | undefined, line: string): void {
    const goesOn = line !== this.#seen && line !== "" && !line.startsWith("/");
    this.#seen = line;
    if (room === undefined || !goesOn || this.#clock.monotonic() < this.#nextAt) return;
    this.#nextAt = this.#clock.monotonic() + limits.typingMs / 2;
    this.#connection.request({ type: "typing", room }).catch(ignoreExpected);
  }
}

/** A notice that is not told is no loss. */
function ignoreExpected(cause: unknown): void {
  if (!(cause instanceof Refusal || cause instanceof ConnectionLost)) throw cause;
}
