/** Asking what everybody must do, and changing it. */
import { encode, Refusal, type Request, toBytes } from "../../shared/protocol/mod.ts";
import type { Account } from "./account.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { refuseTooShort } from "./lifetimes.ts";
import { mustSetUp, type Policy } from "./policy.ts";
import { refuseUnproven } from "./proof.ts";
import { whenSettled } from "./settled.ts";

export function policy(hub: Hub, guest: Guest, request: Request<"policy">): void {
  refuseTooShort(request.retentionMs);
  const before = { ...hub.policy };
  const wished: Policy = {
    twoFactor: request.twoFactor ?? before.twoFactor,
    retentionMs: (request.retentionMs ?? before.retentionMs) || undefined,
  };
  const isSame = wished.twoFactor === before.twoFactor && wished.retentionMs === before.retentionMs;
  if (isSame) return whenSettled(hub, () => answer(hub, guest, request.id));
  if (wished.twoFactor === "required") refuseWithoutOwn(guest.account);
  refuseUnproven(hub, guest);
  change(hub, guest, request.id, before, wished);
}

function change(
  hub: Hub,
  guest: Guest,
  re: string,
  before: Policy,
  { twoFactor, retentionMs }: Policy,
): void {
  Object.assign(hub.policy, { twoFactor, retentionMs });
  hub.journal.add({
    changes: [
      { kind: "policy", name: "two_factor", value: twoFactor },
      { kind: "policy", name: "retention", value: String(retentionMs ?? 0) },
    ],
    committed: () => {
      const { name: username } = guest.account;
      hub.world.log.info("policy_changed", { username, twoFactor, retentionMs: retentionMs ?? 0 });
      answer(hub, guest, re);
      endThoseWithout(hub);
      // When something is over is another question now.
      for (const room of hub.rooms.all()) room.dueAt = 0;
    },
    failed: (refusal) => {
      Object.assign(hub.policy, before);
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
  guest.answer({ type: "policy", re, ...hub.policy });
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
