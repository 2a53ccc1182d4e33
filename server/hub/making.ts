import type { Change, RoomRow } from "../store/mod.ts";
import type { Account } from "./account.ts";
import type { Hub } from "./hub.ts";
import { countsAsMade, type Room } from "./room.ts";
import type { Step } from "./steps.ts";

/** A room's coming into being, with nobody in it yet. */
export class Making implements Step {
  readonly room: Room;
  readonly changes: readonly Change[];
  readonly #hub: Hub;
  readonly #maker: Account;

  constructor(hub: Hub, row: Omit<RoomRow, "id" | "creatorId">, maker: Account) {
    this.#hub = hub;
    this.#maker = maker;
    this.room = hub.rooms.add({ ...row, id: hub.rooms.nextId(), creatorId: maker.id }, 0);
    if (countsAsMade(row)) maker.roomsMade++;
    this.changes = [{ kind: "room", room: this.room.row, time: hub.world.clock.now() }];
  }

  /** Its first member's joining tells of it. */
  committed(): void {}

  takeBack(): void {
    this.#hub.rooms.remove(this.room);
    if (countsAsMade(this.room.row)) this.#maker.roomsMade--;
  }
}
