/** Passwords as the hub knows them: hashes that somebody else has computed. */
import { Refusal } from "../../shared/protocol/mod.ts";
import type { Change } from "../store/mod.ts";
import type { Account } from "./account.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { voidIssued } from "./issuing.ts";
import { endLogins } from "./login_ends.ts";
import { useCode } from "./second_factor.ts";

/**
 * The hash of an account's password as it is by now. Verifying takes a while, in which the password may be changed: what
 * was verified counts only if this is still the same afterwards. None opens an account that is deactivated,
 * or a bot.
 */
export function passwordOf(hub: Hub, account: Account): string | undefined {
  return account.deactivated || account.isBot ? undefined : hub.records.passwords.get(account.id);
}

/** Decides on another hash. Returns what is to be stored. */
export function setPassword(hub: Hub, account: Account, hash: string): Change {
  hub.records.passwords.set(account.id, hash);
  return { kind: "password", accountId: account.id, password: hash };
}

/**
 * The same where a person has chosen another one: whoever knew the old one may have made reset links and invites. Returns what
 * is to be stored.
 */
export function replacePassword(hub: Hub, account: Account, hash: string): readonly Change[] {
  return [
    setPassword(hub, account, hash),
    { kind: "no_resets", accountId: account.id },
    voidIssued(hub, account),
  ];
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
  /** The code of the second factor, where there is one. */
  readonly code?: string | undefined;
  /** What the client is given for its next login, which it may have had none for. */
  readonly deviceProof?: string | undefined;
}

/**
 * Sets a new password and ends every other login, as whoever knew the old one may have made it. Throws `auth_failed`, or what
 * `useCode` throws.
 */
export function changePassword(hub: Hub, guest: Guest, change: PasswordChange, re: string): void {
  const { account } = guest;
  const { proven, hash, code, deviceProof } = change;
  if (proven !== passwordOf(hub, account)) {
    throw new Refusal(
      "auth_failed",
      "The password was changed from elsewhere just now. Try again with that one",
    );
  }
  const used = useCode(hub, account, code);
  const ends = endLogins(hub, account, "password_changed", (id) => id !== guest.loginId);
  hub.journal.add({
    changes: [...used, ...replacePassword(hub, account, hash), ...ends.changes],
    committed: () => {
      hub.world.log.info("password_changed", { username: account.name });
      guest.answer({ type: "ok", re, deviceProof });
      ends.committed();
    },
    failed: (refusal) => guest.refuse(refusal, re),
  });
}
