/** A person's own logins: what they see of them, and how they end them. */
import { createHash } from "node:crypto";
import { type Answer, Refusal, type Request } from "../../shared/protocol/mod.ts";
import type { LoginRow } from "../store/mod.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { endLogins } from "./login_ends.ts";
import { whenSettled } from "./settled.ts";

/** What a login is called in public. */
export function deviceOf(loginId: string): string {
  return createHash("sha256").update(`device ${loginId}`).digest("base64url").slice(0, 16);
}

export function devices(hub: Hub, guest: Guest, request: Request<"devices">): void {
  hub.lastSeen.flush();
  whenSettled(hub, () => answerDevices(hub, guest, request));
}

function answerDevices(hub: Hub, guest: Guest, request: Request<"devices">): void {
  const online = new Set(guest.account.connections.map(([, loginId]) => loginId));
  const listed = hub.store.people.loginsOf(guest.account.id)
    .map((login) => toDevice(login, guest.loginId, online.has(login.id), hub.world.clock.now()))
    .sort((one, other) => other.seen - one.seen);
  guest.answer({ type: "devices", re: request.id, devices: listed });
}

function toDevice(
  { id, name, created, used }: LoginRow,
  currentId: string,
  online: boolean,
  now: number,
): Answer<"devices">["devices"][number] {
  return {
    device: deviceOf(id),
    name,
    created,
    seen: online ? now : used,
    online,
    current: id === currentId,
  };
}

/** Ends one login, or all but the one that asks. */
export function revoke(hub: Hub, guest: Guest, request: Request<"revoke">): void {
  const { account, loginId } = guest;
  const { device } = request;
  const ends = endLogins(
    hub,
    account,
    "revoked",
    device === undefined ? (id) => id !== loginId : (id) => deviceOf(id) === device,
  );
  if (device !== undefined && ends.changes.length === 0) {
    throw new Refusal("no_such_device", "None of your devices has this name. Look at the list of them again");
  }
  hub.journal.add({
    changes: ends.changes,
    committed: () => {
      hub.world.log.info("logins_revoked", { username: account.name, count: ends.changes.length });
      // Whoever ends their own login is told so before they go.
      guest.answer({ type: "ok", re: request.id });
      ends.committed();
    },
    failed: (refusal) => guest.refuse(refusal, request.id),
  });
}
