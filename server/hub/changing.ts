/** Changing what is said of a room, and who finds it. */
import { Refusal, type Request } from "../../shared/protocol/mod.ts";
import type { Change, RoomRow } from "../store/mod.ts";
import type { Account } from "./account.ts";
import { Affair } from "./affairs.ts";
import type { Guest } from "./guest.ts";
import { firstRoom, type Hub } from "./hub.ts";
import { membershipOf } from "./membership.ts";
import type { Room } from "./room.ts";
import { refuseArchived, refuseDirect, refuseUnlessModerator } from "./room_rights.ts";
import { answerUnchanged, type Asking, decide, type Step } from "./steps.ts";

/** What may be changed; an empty text takes it away. */
type Wish = Partial<Pick<Request<"change">, "topic" | "description" | "access" | "archived">>;

export function change(hub: Hub, guest: Guest, request: Request<"change">): void {
  const membership = membershipOf(guest.account, request.room), { room } = membership;
  refuseDirect(room);
  refuseUnlessModerator(guest.account, membership, "change it");
  if (request.archived !== false) refuseArchived(room);
  const wish = newIn(room.row, request);
  if (room.name === firstRoom) refuseForEverybody(wish);
  const asking = { guest, re: request.id };
  if (Object.keys(wish).length === 0) return answerUnchanged(hub, asking, room);
  decide(hub, asking, { asked: new Changing(hub, guest.account, room, wish) });
}

/** What of a wish is not so already. */
function newIn(row: RoomRow, { topic, description, access, archived }: Wish): Wish {
  return {
    ...(topic === undefined || topic === (row.topic ?? "") ? {} : { topic }),
    ...(description === undefined || description === (row.description ?? "") ? {} : { description }),
    ...(access === undefined || access === row.access ? {} : { access }),
    ...(archived === undefined || archived === row.archived ? {} : { archived }),
  };
}

function refuseForEverybody({ access, archived }: Wish): void {
  if (access === undefined && archived === undefined) return;
  throw new Refusal(
    "forbidden",
    `"${firstRoom}" is the room that every new account is in: it stays public and open`,
  );
}

class Changing implements Step {
  readonly changes: readonly Change[];
  readonly #room: Room;
  readonly #before: RoomRow;
  readonly #affair: Affair;

  constructor(hub: Hub, by: Account, room: Room, wish: Wish) {
    this.#room = room;
    this.#before = room.row;
    const text = JSON.stringify(wish);
    this.#affair = new Affair(hub, room, { type: "changed", accountId: by.id, text });
    room.row = withWish(room.row, wish);
    this.changes = [{ kind: "room_changed", room: room.row }, this.#affair.change];
  }

  committed(asking?: Asking): void {
    this.#affair.committed(asking);
  }

  takeBack(): void {
    this.#room.row = this.#before;
    this.#affair.takeBack();
  }
}

function withWish(row: RoomRow, { topic, description, access, archived }: Wish): RoomRow {
  return {
    ...row,
    topic: topic === undefined ? row.topic : topic || undefined,
    description: description === undefined ? row.description : description || undefined,
    access: access ?? row.access,
    archived: archived ?? row.archived,
  };
}
