/** Ending somebody else's membership, for now or for good. */
import { Refusal, type Request } from "../../shared/protocol/mod.ts";
import type { Account } from "./account.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { Leaving } from "./leaving.ts";
import { membershipOf } from "./membership.ts";
import { memberNamed, personKnownTo } from "./people_named.ts";
import { mayRule } from "./ranks.ts";
import type { Room } from "./room.ts";
import { refuseArchived, refuseDirect, refuseUnlessModerator } from "./room_rights.ts";
import { answerUnchanged, type Asking, decide, type Step } from "./steps.ts";
import { succession } from "./succession.ts";

export function remove(hub: Hub, guest: Guest, request: Request<"remove">): void {
  const own = membershipOf(guest.account, request.room), { room } = own;
  refuseDirect(room);
  refuseUnlessModerator(guest.account, own, "remove people");
  refuseArchived(room);
  const ban = request.ban ?? false;
  const account = ban
    ? personKnownTo(hub, guest.account, request.username)
    : memberNamed(hub, room, request.username).account;
  refuseRemoval(guest.account, account);
  removeFrom(hub, { guest, re: request.id }, room, account, ban);
}

function refuseRemoval(by: Account, account: Account): void {
  if (account === by) throw new Refusal("forbidden", "To go yourself, leave the room");
  if (mayRule(by.role, account.role)) return;
  throw new Refusal(
    "forbidden",
    `"${account.name}" looks after the whole server, and only an owner of it may remove them`,
  );
}

/** Somebody may be banned who is not there: whoever has left before it came to that. */
function removeFrom(hub: Hub, asking: Asking, room: Room, account: Account, ban: boolean): void {
  const by = asking.guest.account;
  const membership = account.memberships.get(room.name);
  if (membership !== undefined) {
    const before = [...succession(hub, by, account, membership), ...(ban ? [new Ban(room, account)] : [])];
    return decide(hub, asking, { before, asked: new Leaving(hub, account, membership, { by, ban }) });
  }
  if (room.banned.has(account.id)) return answerUnchanged(hub, asking, room);
  decide(hub, asking, { asked: new Ban(room, account) });
}

/** Somebody's not being let in again. */
class Ban implements Step {
  readonly changes: Step["changes"];
  readonly #room: Room;
  readonly #accountId: number;

  constructor(room: Room, { id }: Account) {
    this.#room = room;
    this.#accountId = id;
    room.banned.add(id);
    this.changes = [{ kind: "ban", roomId: room.row.id, accountId: id }];
  }

  committed(asking?: Asking): void {
    asking?.guest.answer({ type: "ok", re: asking.re, room: this.#room.name });
  }

  takeBack(): void {
    this.#room.banned.delete(this.#accountId);
  }
}
