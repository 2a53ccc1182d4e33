/** Ceasing to be a member of a room. */
import type { Request } from "../../shared/protocol/mod.ts";
import type { Change } from "../store/mod.ts";
import type { Account } from "./account.ts";
import { Affair, banned } from "./affairs.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { type Membership, membershipOf } from "./membership.ts";
import { refuseDirect } from "./room_rights.ts";
import { type Asking, decide, type Step } from "./steps.ts";
import { succession } from "./succession.ts";

export function leave(hub: Hub, guest: Guest, request: Request<"leave">): void {
  const { account } = guest;
  const membership = membershipOf(account, request.room);
  refuseDirect(membership.room, 'To hear no more of it, choose the level "nothing"');
  const before = succession(hub, account, account, membership);
  decide(hub, { guest, re: request.id }, { before, asked: new Leaving(hub, account, membership) });
}

/** Who sees to it that somebody goes, and whether they may not come back. */
export interface Removal {
  readonly by: Account;
  readonly ban: boolean;
}

/** The end of one account's membership, with its `changes` on disk. */
export class Leaving implements Step {
  readonly changes: readonly Change[];
  readonly #hub: Hub;
  readonly #account: Account;
  readonly #membership: Membership;
  readonly #affair: Affair;

  constructor(hub: Hub, account: Account, membership: Membership, removal?: Removal) {
    this.#hub = hub;
    this.#account = account;
    this.#membership = membership;
    const { room } = membership;
    this.#affair = new Affair(hub, room, {
      type: "left",
      accountId: removal?.by.id ?? account.id,
      subjectId: removal && account.id,
      text: removal?.ban ? banned : undefined,
    });
    room.members.delete(account.id);
    account.memberships.delete(room.name);
    this.changes = [
      { kind: "no_member", roomId: room.row.id, accountId: account.id },
      this.#affair.change,
    ];
  }

  /** This is the last of the room that the account's sessions hear. */
  committed(asking?: Asking): void {
    const { room } = this.#membership;
    this.#affair.committed(asking);
    this.#hub.fanOut.flushRoom(room);
    for (const outbox of this.#account.sessions.keys()) room.attached.delete(outbox);
  }

  takeBack(): void {
    const { room } = this.#membership;
    this.#account.memberships.set(room.name, this.#membership);
    room.members.add(this.#account.id);
    this.#affair.takeBack();
  }
}
