/** Giving somebody another role. */
import { Refusal, type Request } from "../../shared/protocol/mod.ts";
import type { Account } from "./account.ts";
import { accountNamed } from "./accounts.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { refuseLastOwner } from "./last_owner.ts";
import { refuseBot } from "./people_named.ts";
import { refuseUnproven } from "./proof.ts";
import { isHigh, mayGive } from "./ranks.ts";
import { tellAccount } from "./telling.ts";

/** Effective at once, also for sessions that are open: what they may ask is decided by the account's role each time. */
export function role(hub: Hub, guest: Guest, request: Request<"role">): void {
  const account = accountNamed(hub.accounts, request.username);
  const before = account.role, after = request.role;
  if (after !== before) refuseBot(account, "may do what its scopes say, whatever its role");
  if (!mayGive(guest.account.role, before, after)) {
    throw new Refusal(
      "forbidden",
      "Admins make members of guests and guests of members. The rest is for owners",
    );
  }
  if (after !== "owner") refuseLastOwner(hub, account);
  if (before !== after && (isHigh(before) || isHigh(after))) refuseUnproven(hub, guest);
  account.role = after;
  hub.journal.add({
    changes: before === after ? [] : [{ kind: "role", accountId: account.id, role: after }],
    committed: () => {
      if (before !== after) tellRole(hub, account, guest.account.name, after);
      guest.answer({ type: "ok", re: request.id });
    },
    failed: (refusal) => {
      account.role = before;
      guest.refuse(refusal, request.id);
    },
  });
}

function tellRole(hub: Hub, account: Account, by: string, role: Account["role"]): void {
  hub.world.log.info("role_changed", { username: account.name, role, by });
  tellAccount(account, { type: "role", role });
  hub.profileNews.changed(account);
}
