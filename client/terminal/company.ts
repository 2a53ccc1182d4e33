import { type Connection, ConnectionLost, listedRoom } from "../connection/mod.ts";
import type { ShownEvent } from "../model/mod.ts";
import { limits, Refusal } from "../../shared/protocol/mod.ts";

/** Who is in which room, as far as it is known. */
export class Company {
  readonly #connection: Connection;
  readonly #rooms = new Map<string, Set<string>>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  of(room: string): ReadonlySet<string> {
    return this.#of(room);
  }

  note(room: string, event: ShownEvent): void {
    if (event.type === "message") this.#of(room).add(event.from);
    else if (event.type === "joined") this.#of(room).add(event.username);
    else if (event.type === "left") this.#of(room).delete(event.username);
  }

  forget(room: string): void {
    this.#rooms.delete(room);
  }

  /**
   * How many members the room has, oneself included; undefined if that cannot be told now. The list of rooms has the
   * number; the names of all members of a large room would take long to come.
   */
  async count(room: string): Promise<number | undefined> {
    try {
      const members = (await listedRoom(this.#connection, room))?.members;
      if (members !== undefined && members <= limits.presenceMembers) await this.#learnNames(room);
      return members;
    } catch (error) {
      if (error instanceof Refusal || error instanceof ConnectionLost) return undefined;
      throw error;
    }
  }

  async #learnNames(room: string): Promise<void> {
    const { users } = await this.#connection.request({ type: "who", room });
    for (const { username } of users) this.#of(room).add(username);
  }

  #of(room: string): Set<string> {
    const company = this.#rooms.get(room) ?? new Set();
    this.#rooms.set(room, company);
    return company;
  }
}
