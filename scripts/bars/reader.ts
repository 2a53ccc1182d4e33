import type { Client } from "./client.ts";
import { pause, type Visitor } from "./kept_session.ts";

const pageSize = 50, everyMs = 5;

/** Somebody who reads back one room after another. */
export class Reader implements Visitor {
  readonly name: string;
  /** Pages that were read. */
  pages = 0;
  /** Which pages were not answered as they should be, and how. */
  readonly failures: string[] = [];
  readonly #rooms: readonly string[];
  #stopped = false;

  constructor(name: string, rooms: readonly string[]) {
    this.name = name;
    this.#rooms = rooms;
  }

  cursors(): Record<string, number> {
    return {};
  }

  entered(client: Client): void {
    void this.#readOn(client);
  }

  /** Reads no further. */
  stop(): void {
    this.#stopped = true;
  }

  async #readOn(client: Client): Promise<void> {
    for (let at = 0; !this.#stopped; at = (at + 1) % this.#rooms.length) {
      const room = this.#rooms[at];
      const answer = await client.ask({ type: "history", room, limit: pageSize });
      if (answer === undefined) return; // the connection has ended
      if (answer.type === "history" && answer.messages.length > 0) this.pages++;
      else this.failures.push(`${room}: ${JSON.stringify(answer).slice(0, 200)}`);
      await pause(everyMs);
    }
  }
}
