/** Changing what is said of a room, and who finds it. */
import { Refusal, type Request } from "../../shared/protocol/mod.ts";
import type { Change, RoomRow } from "../store/mod.ts";
import type { Account } from "./account.ts";
import { Affair } from "./affairs.ts";
import type { Guest } from "./guest.ts";
import { firstRoom, type Hub } from "./hub.ts";
import { refuseTooShort } from "./lifetimes.ts";
import { membershipOf } from "./membership.ts";
import type { Room } from "./room.ts";
import { refuseArchived, refuseDirect, refuseUnlessModerator } from "./room_rights.ts";
import { answerUnchanged, type Asking, decide, type Step } from "./steps.ts";

/** What may be changed; an empty text takes it away. */
type Wish =
  & Partial<Pick<Request<"change">, "topic" | "description" | "access" | "archived" | "retentionMs">>
  & Partial<Pick<Request<"hold">, "held">>;

export function change(hub: Hub, guest: Guest, request: Request<"change">): void {
  const membership = membershipOf(guest.account, request.room), { room } = membership;
  refuseTooShort(request.retentionMs);
  if (room.row.access === "direct") refuseAllButRetention(room, request);
  else refuseUnlessModerator(guest.account, membership, "change it");
  if (request.archived !== false) refuseArchived(room);
  const wish = newIn(room.row, request);
  if (room.name === firstRoom) refuseForEverybody(wish);
  const asking = { guest, re: request.id };
  if (Object.keys(wish).length === 0) return answerUnchanged(hub, asking, room);
  decide(hub, asking, { asked: new Changing(hub, guest.account, room, wish) });
}

/** Puts a room under legal hold, whether one is in it or not, or ends that. */
export function hold(hub: Hub, guest: Guest, { id: re, room: name, held }: Request<"hold">): void {
  const room = hub.rooms.named(name);
  if (room === undefined) throw new Refusal("no_such_room", `There is no room named "${name}"`);
  const asking = { guest, re };
  if (room.row.held === held) return answerUnchanged(hub, asking, room);
  decide(hub, asking, { asked: new Changing(hub, guest.account, room, { held }) });
}

/** In a direct conversation everybody says how long its messages are kept, and nobody changes anything else. */
function refuseAllButRetention(room: Room, { topic, description, access, archived }: Wish): void {
  if ([topic, description, access, archived].some((part) => part !== undefined)) refuseDirect(room);
}

/** What of a wish is not so already. */
function newIn(row: RoomRow, { topic, description, access, archived, retentionMs }: Wish): Wish {
  return {
    ...(topic === undefined || topic === (row.topic ?? "") ? {} : { topic }),
    ...(description === undefined || description === (row.description ?? "") ? {} : { description }),
    ...(access === undefined || access === row.access ? {} : { access }),
    ...(archived === undefined || archived === row.archived ? {} : { archived }),
    ...(retentionMs === undefined || retentionMs === (row.retentionMs ?? 0) ? {} : { retentionMs }),
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
  readonly #hub: Hub;
  readonly #by: Account;
  readonly #room: Room;
  readonly #wish: Wish;
  readonly #before: RoomRow;
  readonly #affair: Affair;

  constructor(hub: Hub, by: Account, room: Room, wish: Wish) {
    this.#hub = hub;
    this.#by = by;
    this.#room = room;
    this.#wish = wish;
    this.#before = room.row;
    const text = JSON.stringify(wish);
    this.#affair = new Affair(hub, room, { type: "changed", accountId: by.id, text });
    room.row = withWish(room.row, wish);
    this.changes = [{ kind: "room_changed", room: room.row }, this.#affair.change];
  }

  committed(asking?: Asking): void {
    // When something is over is another question now.
    this.#room.dueAt = 0;
    const { held } = this.#wish;
    if (held !== undefined) {
      this.#hub.world.log.info("hold_changed", { username: this.#by.name, room: this.#room.name, held });
    }
    this.#affair.committed(asking);
  }

  takeBack(): void {
    this.#room.row = this.#before;
    this.#affair.takeBack();
  }
}

function withWish(row: RoomRow, wish: Wish): RoomRow {
  const { topic, description } = wish;
  return {
    ...row,
    topic: topic === undefined ? row.topic : topic || undefined,
    description: description === undefined ? row.description : description || undefined,
    access: wish.access ?? row.access,
    archived: wish.archived ?? row.archived,
    held: wish.held ?? row.held,
    retentionMs: (wish.retentionMs ?? row.retentionMs) || undefined,
  };
}
