import type { Clock } from "../../shared/world/mod.ts";
import type { ConnectionEnds, SocketControl } from "./socket_control.ts";

interface Abort {
  readonly connection: ConnectionEnds;
  close(): void;
}

/**
 * Ends connections whatever their other side does. Those of one turn are ended together, since finding a socket means
 * looking through all of them.
 */
export class Aborts {
  readonly #control: SocketControl | undefined;
  readonly #clock: Clock;
  #waiting: Abort[] = [];

  constructor(control: SocketControl | undefined, clock: Clock) {
    this.#control = control;
    this.#clock = clock;
  }

  /** Shuts the connection's socket down, then calls `close`, within this turn. */
  add(connection: ConnectionEnds, close: () => void): void {
    this.#waiting.push({ connection, close });
    if (this.#waiting.length === 1) this.#clock.endOfTurn(() => this.flush());
  }

  /** Ends those that wait, now. */
  flush(): void {
    const aborts = this.#waiting;
    this.#waiting = [];
    if (aborts.length > 0) this.#control?.shutDown(aborts.map(({ connection }) => connection));
    for (const { close } of aborts) close();
  }
}
