import type { Standing } from "../../shared/protocol/mod.ts";
import type { Change } from "../store/mod.ts";
import type { Account } from "./account.ts";
import { Affair } from "./affairs.ts";
import type { Hub } from "./hub.ts";
import type { Membership } from "./membership.ts";
import type { Room } from "./room.ts";
import type { Asking, Step } from "./steps.ts";

/** One member's getting another standing. */
export class Appointment implements Step {
  readonly changes: readonly Change[];
  readonly #membership: Membership;
  readonly #before: Standing;
  readonly #accountId: number;
  readonly #mutedBefore: number | undefined;
  readonly #affair: Affair;

  constructor(hub: Hub, by: Account, account: Account, membership: Membership, word: Standing) {
    const { room } = membership;
    this.#membership = membership;
    this.#before = membership.standing;
    this.#accountId = account.id;
    this.#mutedBefore = room.muted.get(account.id);
    const affair = { type: "standing" as const, accountId: by.id, subjectId: account.id, text: word };
    this.#affair = new Affair(hub, room, affair);
    membership.standing = word;
    const who = { roomId: room.row.id, accountId: account.id };
    this.changes = [
      { kind: "standing", ...who, standing: word },
      ...this.#mute(word === "muted" ? by.id : undefined, who),
      this.#affair.change,
    ];
  }

  committed(asking?: Asking): void {
    this.#affair.committed(asking);
  }

  takeBack(): void {
    this.#membership.standing = this.#before;
    setMuted(this.#membership.room, this.#accountId, this.#mutedBefore);
    this.#affair.takeBack();
  }

  /** It is remembered apart from the membership: nobody gets rid of it by leaving and coming back. */
  #mute(
    byId: number | undefined,
    who: { readonly roomId: number; readonly accountId: number },
  ): readonly Change[] {
    if (byId === this.#mutedBefore) return [];
    setMuted(this.#membership.room, who.accountId, byId);
    return [byId === undefined ? { kind: "no_mute", ...who } : { kind: "mute", ...who, byId }];
  }
}

function setMuted({ muted }: Room, accountId: number, byId: number | undefined): void {
  if (byId === undefined) muted.delete(accountId);
  else muted.set(accountId, byId);
}

/** What must be decided after somebody came back into a room in which they were muted. */
export function stillMuted(hub: Hub, account: Account, room: Room): Appointment[] {
  const byId = room.muted.get(account.id), membership = account.memberships.get(room.name);
  if (byId === undefined || membership === undefined) return [];
  return [new Appointment(hub, hub.accounts.withId(byId), account, membership, "muted")];
}
