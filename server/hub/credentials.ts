/** Passwords as the hub knows them: hashes that somebody else has computed. */
import { Refusal } from "../../shared/protocol/mod.ts";
import type { Change } from "../store/mod.ts";
import type { Account } from "./account.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { endLogins } from "./login_ends.ts";

/**
 * The hash of an account's password as it is by now. Verifying takes a while, in which the password may be changed: what
 * was verified counts only if this is still the same afterwards.
 */
export function passwordOf(hub: Hub, account: Account): string | undefined {
  return hub.records.passwords.get(account.id);
}

/** Decides on another hash. Returns what is to be stored. */
export function setPassword(hub: Hub, account: Account, hash: string): Change {
  hub.records.passwords.set(account.id, hash);
  return { kind: "password", accountId: account.id, password: hash };
}

/** Whether a session's login is as good as it was when it opened. */
export function isStillIn({ records }: Hub, { loginId, outbox }: Guest): boolean {
  const login = records.logins.get(loginId);
  return !outbox.ending && login !== undefined && login.ended === undefined;
}

export interface PasswordChange {
  /** The hash that the current password was proven against. */
  readonly proven: string | undefined;
  readonly hash: string;
}

/** Sets a new password and ends every other login, as whoever knew the old one may have made it. */
export function changePassword(hub: Hub, guest: Guest, { proven, hash }: PasswordChange, re: string): void {
  const { account } = guest;
  if (proven !== passwordOf(hub, account)) {
    throw new Refusal(
      "auth_failed",
      "The password was changed from elsewhere just now. Try again with that one",
    );
  }
  const ends = endLogins(hub, account, "password_changed", (id) => id !== guest.loginId);
  hub.journal.add({
    changes: [setPassword(hub, account, hash), { kind: "no_resets", accountId: account.id }, ...ends.changes],
    committed: () => {
      hub.world.log.info("password_changed", { username: account.name });
      guest.answer({ type: "ok", re });
      ends.committed();
    },
    failed: (refusal) => guest.refuse(refusal, re),
  });
}
