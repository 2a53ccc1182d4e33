import { type Connection, ConnectionLost } from "../connection/mod.ts";
import { Refusal } from "../../shared/protocol/mod.ts";
import type { Clock } from "../../shared/world/mod.ts";

const freshMs = 10_000;

/** The rooms that the person could join, as they were a moment ago: completion must not wait for the server. */
export class RoomDirectory {
  readonly #connection: Connection;
  readonly #clock: Clock;
  #names: readonly string[] = [];
  #freshUntil = 0;

  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
    void this.#ask();
  }

  /** What is known now. Asks for what is new where that was some time ago. */
  names(): readonly string[] {
    if (this.#clock.monotonic() >= this.#freshUntil) void this.#ask();
    return this.#names;
  }

  async #ask(): Promise<void> {
    this.#freshUntil = this.#clock.monotonic() + freshMs;
    try {
      const { rooms } = await this.#connection.request({ type: "rooms" });
      this.#names = rooms.map(({ room }) => room);
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof ConnectionLost)) throw error;
    }
  }
}
