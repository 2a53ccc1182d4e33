/** Taking an account out of use, and back into it. What it said stays, under its name. */
import { Refusal, type Request } from "../../shared/protocol/mod.ts";
import type { Change } from "../store/mod.ts";
import type { Account } from "./account.ts";
import { accountNamed } from "./accounts.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { voidIssued } from "./issuing.ts";
import { refuseLastOwner } from "./last_owner.ts";
import { endLogins, type LoginEnds } from "./login_ends.ts";
import { refuseUnproven } from "./proof.ts";
import { isHigh, mayRule } from "./ranks.ts";
import { whenSettled } from "./settled.ts";
import { type Asking, decide, type Step } from "./steps.ts";
import { succession } from "./succession.ts";

export function deactivate(hub: Hub, guest: Guest, request: Request<"deactivate">): void {
  const account = accountNamed(hub.accounts, request.username);
  const by = guest.account, asking = { guest, re: request.id };
  if (!mayRule(by.role, account.role)) {
    throw new Refusal("forbidden", "Admins decide about members and guests. The rest is for owners");
  }
  if (request.deactivated === account.deactivated) return whenSettled(hub, () => answer(asking));
  if (request.deactivated) refuseLastOwner(hub, account);
  if (isHigh(account.role)) refuseUnproven(hub, guest);
  if (!request.deactivated) return decide(hub, asking, { asked: new Activation(hub, account, by) });
  const rooms = [...account.memberships.values()];
  const before = rooms.flatMap((membership) => succession(hub, by, account, membership));
  decide(hub, asking, { before, asked: new Deactivation(hub, account, by) });
}

function answer({ guest, re }: Asking): void {
  guest.answer({ type: "ok", re });
}

/**
 * From the decision on nobody comes in by this account any more, nor by an invite or a reset link that it has made; when
 * it is on disk, those who are in go.
 */
class Deactivation implements Step {
  readonly changes: readonly Change[];
  readonly #hub: Hub;
  readonly #account: Account;
  readonly #by: Account;
  readonly #ends: LoginEnds;

  constructor(hub: Hub, account: Account, by: Account) {
    this.#hub = hub;
    this.#account = account;
    this.#by = by;
    account.deactivated = true;
    this.#ends = endLogins(hub, account, "deactivated", () => true);
    const accountId = account.id;
    this.changes = [
      { kind: "deactivated", accountId, deactivated: true },
      { kind: "no_resets", accountId },
      voidIssued(hub, account),
      ...this.#ends.changes,
    ];
  }

  committed(asking?: Asking): void {
    this.#hub.world.log.info("account_deactivated", { username: this.#account.name, by: this.#by.name });
    // Whoever deactivates themselves is told so before they go.
    if (asking !== undefined) answer(asking);
    this.#ends.committed();
    this.#hub.profileNews.changed(this.#account);
  }

  takeBack(): void {
    this.#account.deactivated = false;
  }
}

/** The logins that were ended stay so: the way back is the password. */
class Activation implements Step {
  readonly changes: readonly Change[];
  readonly #hub: Hub;
  readonly #account: Account;
  readonly #by: Account;

  constructor(hub: Hub, account: Account, by: Account) {
    this.#hub = hub;
    this.#account = account;
    this.#by = by;
    account.deactivated = false;
    this.changes = [{ kind: "deactivated", accountId: account.id, deactivated: false }];
  }

  committed(asking?: Asking): void {
    this.#hub.world.log.info("account_reactivated", { username: this.#account.name, by: this.#by.name });
    if (asking !== undefined) answer(asking);
    this.#hub.profileNews.changed(this.#account);
  }

  takeBack(): void {
    this.#account.deactivated = true;
  }
}
