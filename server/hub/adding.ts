/** Making somebody else a member of a room. */
import { Refusal, type Request } from "../../shared/protocol/mod.ts";
import type { Account } from "./account.ts";
import { stillMuted } from "./appointment.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { Joining, refuseFull } from "./joining.ts";
import { type Membership, membershipOf } from "./membership.ts";
import { personKnownTo, refuseDeactivated } from "./people_named.ts";
import type { Room } from "./room.ts";
import { mayModerate, refuseDirect, refuseSilenced } from "./room_rights.ts";
import { answerUnchanged, decide, type Step } from "./steps.ts";

export function add(hub: Hub, guest: Guest, request: Request<"add">): void {
  const own = membershipOf(guest.account, request.room), { room } = own;
  refuseDirect(room);
  refuseSilenced(own);
  refuseUnlessMayAdd(guest.account, own);
  const account = personKnownTo(hub, guest.account, request.username);
  const asking = { guest, re: request.id };
  if (room.members.has(account.id)) return answerUnchanged(hub, asking, room);
  refuseDeactivated(account);
  refuseFull(account);
  const before = room.banned.has(account.id) ? [endBan(guest.account, own, account)] : [];
  const asked = new Joining(hub, account, room, { by: guest.account });
  decide(hub, asking, { before, asked, after: stillMuted(hub, account, room) });
}

function refuseUnlessMayAdd(account: Account, membership: Membership): void {
  if (mayModerate(account, membership)) return;
  const { row, name } = membership.room;
  if (row.access === "public" && account.role !== "guest") return;
  throw new Refusal(
    "forbidden",
    row.access === "public"
      ? "Guests add nobody to rooms. Ask another member"
      : `"${name}" is a private room: only its moderators may add people. Ask one of them`,
  );
}

function endBan(by: Account, own: Membership, { id, name }: Account): Step {
  const { room } = own;
  if (!mayModerate(by, own)) {
    throw new Refusal("forbidden", `"${name}" was banned from "${room.name}". Only a moderator may add them`);
  }
  return new Pardon(room, id);
}

/** The end of a ban. */
class Pardon implements Step {
  readonly changes: Step["changes"];
  readonly #room: Room;
  readonly #accountId: number;

  constructor(room: Room, accountId: number) {
    this.#room = room;
    this.#accountId = accountId;
    room.banned.delete(accountId);
    this.changes = [{ kind: "no_ban", roomId: room.row.id, accountId }];
  }

  committed(): void {}

  takeBack(): void {
    this.#room.banned.add(this.#accountId);
  }
}
