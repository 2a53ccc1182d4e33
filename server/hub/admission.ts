import { Refusal, type Role } from "../../shared/protocol/mod.ts";
import type { Hub } from "./hub.ts";
import { isBacked } from "./issuing.ts";
import { mayInvite } from "./ranks.ts";
import { hashOf } from "./secrets.ts";

/** What a newcomer may become, and the invite that this uses up. */
export interface Admission {
  readonly role: Role;
  readonly invite: Uint8Array | undefined;
}

/** How strangers are told that they can register: only with an invite until somebody owns the server, or by the settings. */
export function registrationOf(hub: Hub): "open" | "invite" | "closed" {
  const { registration } = hub.settings;
  return hub.accounts.count > 0 || firstMayClaim(hub) ? registration : "invite";
}

/** Decides whether somebody with this invite, or none, may register now. Throws a Refusal that says why not. */
export function admit(hub: Hub, secret: string | undefined): Admission {
  const owned = hub.accounts.count > 0;
  if (owned && hub.settings.registration === "closed") {
    throw new Refusal("registration_closed", "This server takes no new accounts. Ask its owner");
  }
  if (secret !== undefined) return admitInvited(hub, secret, owned);
  if (registrationOf(hub) === "open") return { role: owned ? "member" : "owner", invite: undefined };
  throw new Refusal(
    "invite_required",
    owned
      ? "This server takes new accounts by invite only. Ask its owner for a link"
      : "Nobody owns this server yet. Its first account is made with the owner link that the server has written down",
  );
}

function firstMayClaim(hub: Hub): boolean {
  return hub.settings.registration === "open" && hub.settings.loopbackOnly;
}

function admitInvited(hub: Hub, secret: string, owned: boolean): Admission {
  const hash = hashOf(secret);
  const invite = hub.store.people.invite(hash);
  const usable = invite !== undefined && invite.expires > hub.world.clock.now() &&
    invite.usesLeft > (hub.pendingInvites.get(inviteKey(hash)) ?? 0) &&
    isBacked(hub, invite.issuer, (role) => mayInvite(role, invite.role)) &&
    // An owner link is there to make the first account, and only that.
    (invite.role === "owner") === !owned;
  if (!usable) {
    throw new Refusal("invite_invalid", "This invite is unknown, used up or expired. Ask for a new one");
  }
  return { role: invite.role, invite: hash };
}

/** Counts a use that is decided; returns what takes the count back when the use is on disk or has failed. */
export function useInvite(hub: Hub, hash: Uint8Array): () => void {
  const key = inviteKey(hash);
  hub.pendingInvites.set(key, (hub.pendingInvites.get(key) ?? 0) + 1);
  return () => {
    const count = (hub.pendingInvites.get(key) ?? 1) - 1;
    if (count > 0) hub.pendingInvites.set(key, count);
    else hub.pendingInvites.delete(key);
  };
}

function inviteKey(hash: Uint8Array): string {
  return hash.join(" ");
}
