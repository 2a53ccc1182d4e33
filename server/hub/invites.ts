/** Invites: made by owners and admins, used at registration, kept only as hashes. */
import { limits, Refusal, type Request, type Role } from "../../shared/protocol/mod.ts";
import type { World } from "../../shared/world/mod.ts";
import type { Change } from "../store/mod.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { refuseUnproven } from "./proof.ts";
import { isHigh, mayInvite } from "./ranks.ts";
import { hashOf, newSecret } from "./secrets.ts";

export interface InviteTerms {
  readonly role: Role;
  readonly uses: number;
  readonly lifeMs: number;
  /** The account that makes it; none on the server's machine. */
  readonly issuer?: number;
}

export interface NewInvite {
  /** 128 random bits in base64url: shown once, to whoever asked. */
  readonly secret: string;
  readonly expires: number;
  readonly change: Change;
}

export function newInvite(terms: InviteTerms, world: World): NewInvite {
  const secret = newSecret(world.chance, 16);
  const expires = world.clock.now() + terms.lifeMs;
  const invite = { role: terms.role, usesLeft: terms.uses, expires, issuer: terms.issuer };
  return { secret, expires, change: { kind: "invite", hash: hashOf(secret), invite } };
}

export function invite(hub: Hub, guest: Guest, request: Request<"invite">): void {
  const role = request.role ?? "member";
  if (!mayInvite(guest.account.role, role)) {
    throw new Refusal("forbidden", "Admins invite members and guests. Ask an owner to invite an admin");
  }
  if (isHigh(role)) refuseUnproven(hub, guest);
  const uses = request.uses ?? 1;
  const lifeMs = request.expiresMs ?? limits.inviteLifeMsDefault;
  const { secret, expires, change } = newInvite({ role, uses, lifeMs, issuer: guest.account.id }, hub.world);
  hub.journal.add({
    changes: [change],
    committed: () => {
      const link = hub.settings.inviteLink(secret);
      guest.answer({ type: "invite", re: request.id, secret, link, uses, expires });
    },
    failed: (refusal) => guest.refuse(refusal, request.id),
  });
}
