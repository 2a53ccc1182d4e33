/** Asking what everybody must do, and changing it. */
import { encode, Refusal, type Request, toBytes } from "../../shared/protocol/mod.ts";
import type { Account } from "./account.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { mustSetUp, type Policy } from "./policy.ts";
import { refuseUnproven } from "./proof.ts";
import { whenSettled } from "./settled.ts";

export function policy(hub: Hub, guest: Guest, request: Request<"policy">): void {
  const { twoFactor } = request;
  if (twoFactor !== undefined && twoFactor !== hub.policy.twoFactor) {
    return change(hub, guest, twoFactor, request.id);
  }
  whenSettled(hub, () => answer(hub, guest, request.id));
}

function change(hub: Hub, guest: Guest, twoFactor: Policy["twoFactor"], re: string): void {
  if (twoFactor === "required") refuseWithoutOwn(guest.account);
  refuseUnproven(hub, guest);
  const before = hub.policy.twoFactor;
  hub.policy.twoFactor = twoFactor;
  hub.journal.add({
    changes: [{ kind: "policy", name: "two_factor", value: twoFactor }],
    committed: () => {
      hub.world.log.info("policy_changed", { username: guest.account.name, twoFactor });
      answer(hub, guest, re);
      endThoseWithout(hub);
    },
    failed: (refusal) => {
      hub.policy.twoFactor = before;
      guest.refuse(refusal, re);
    },
  });
}

/** Were the server's clock wrong, no code would ever be right: so one person must have shown that it works. */
function refuseWithoutOwn({ twoFactor }: Account): void {
  if (twoFactor) return;
  throw new Refusal(
    "forbidden",
    "Turn two-factor on for yourself first: that shows that it works here, before everybody needs it",
  );
}

function answer(hub: Hub, guest: Guest, re: string): void {
  guest.answer({ type: "policy", re, twoFactor: hub.policy.twoFactor });
}

/** Sessions of people who must set up a second factor now end; when they come back, they are confined to that. */
function endThoseWithout(hub: Hub): void {
  const bye = toBytes(encode({
    type: "bye",
    code: "two_factor_required",
    message: "This server demands two-factor of everybody from now on. Connect again to set it up",
  }));
  for (const account of hub.accounts.all()) {
    if (mustSetUp(hub.policy, account)) { for (const outbox of account.sessions.keys()) outbox.end(bye); }
  }
}
