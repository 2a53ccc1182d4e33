import type { RoomRow } from "../store/mod.ts";
import { Room } from "./room.ts";

/** Every room, by name. */
export class Rooms {
  readonly #byName: Map<string, Room> = new Map();
  readonly #byId: Map<number, Room> = new Map();
  #lastId = 0;

  constructor(rows: readonly (RoomRow & { readonly seq: number })[]) {
    for (const { seq, ...row } of rows) this.add(row, seq);
  }

  add(row: RoomRow, seq: number): Room {
    const room = new Room(row, seq);
    this.#byName.set(room.name, room);
    this.#byId.set(row.id, room);
    this.#lastId = Math.max(this.#lastId, row.id);
    return room;
  }

  remove(room: Room): void {
    this.#byName.delete(room.name);
    this.#byId.delete(room.row.id);
  }

  named(name: string): Room | undefined {
    return this.#byName.get(name);
  }

  withId(id: number): Room | undefined {
    return this.#byId.get(id);
  }

  all(): Room[] {
    return [...this.#byName.values()];
  }

  nextId(): number {
    return this.#lastId + 1;
  }
}
