import type { Standing } from "../../shared/protocol/mod.ts";
import type { Change } from "../store/mod.ts";
import type { Account } from "./account.ts";
import { Affair } from "./affairs.ts";
import type { Hub } from "./hub.ts";
import type { Membership } from "./membership.ts";
import type { Asking, Step } from "./steps.ts";

/** One member's getting another standing. */
export class Appointment implements Step {
  readonly changes: readonly Change[];
  readonly #membership: Membership;
  readonly #before: Standing;
  readonly #affair: Affair;

  constructor(hub: Hub, by: Account, account: Account, membership: Membership, word: Standing) {
    const { room } = membership;
    this.#membership = membership;
    this.#before = membership.standing;
    const affair = { type: "standing" as const, accountId: by.id, subjectId: account.id, text: word };
    this.#affair = new Affair(hub, room, affair);
    membership.standing = word;
    this.changes = [
      { kind: "standing", roomId: room.row.id, accountId: account.id, standing: word },
      this.#affair.change,
    ];
  }

  committed(asking?: Asking): void {
    this.#affair.committed(asking);
  }

  takeBack(): void {
    this.#membership.standing = this.#before;
    this.#affair.takeBack();
  }
}
