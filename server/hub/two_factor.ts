/** Turning two-factor on and off. Whoever asks has proven their password, and where it is on, a code. */
import { Refusal } from "../../shared/protocol/mod.ts";
import type { Change } from "../store/mod.ts";
import type { Account } from "./account.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { newRecoveryCodes, recoveryCodeHash } from "./recovery_codes.ts";
import { wrongCode } from "./second_factor.ts";
import { newTotpSecret, totpStep, totpUri } from "./totp.ts";

/** Makes a secret for an authenticator app. It protects nothing until a code of it was shown. */
export function beginTwoFactor(hub: Hub, guest: Guest, re: string): void {
  const { account } = guest;
  refuseIfOn(account);
  const secret = newTotpSecret(hub.world.chance);
  const factor = { accountId: account.id, secret, confirmed: false, lastStep: 0 };
  hub.records.secondFactors.set(account.id, factor);
  hub.journal.add({
    changes: [{ kind: "second_factor", factor }],
    committed: () => {
      const uri = totpUri(secret, hub.settings.serverName(), account.name);
      guest.answer({ type: "two_factor_secret", re, secret, uri });
    },
    failed: (refusal) => guest.refuse(refusal, re),
  });
}

/** Turns it on with a code that the app shows. Throws `code_invalid`. */
export function confirmTwoFactor(hub: Hub, guest: Guest, code: string, re: string): void {
  const { account } = guest;
  refuseIfOn(account);
  const factor = hub.records.secondFactors.get(account.id);
  if (factor === undefined) {
    throw new Refusal("code_invalid", "There is no secret yet that this code could be of. Ask for one first");
  }
  const step = totpStep(factor.secret, code.replace(/[\s-]/g, ""), hub.world.clock.now());
  if (step === undefined) throw wrongCode();
  const confirmed = { ...factor, confirmed: true, lastStep: step };
  hub.records.secondFactors.set(account.id, confirmed);
  account.twoFactor = true;
  const codes = newRecoveryCodes(hub.world.chance);
  hub.journal.add({
    changes: [{ kind: "second_factor", factor: confirmed }, setRecoveryCodes(hub, account, codes)],
    committed: () => {
      hub.world.log.info("two_factor_on", { username: account.name });
      guest.answer({ type: "recovery_codes", re, codes });
    },
    failed: (refusal) => {
      account.twoFactor = false;
      guest.refuse(refusal, re);
    },
  });
}

function refuseIfOn({ twoFactor }: Account): void {
  if (!twoFactor) return;
  throw new Refusal("forbidden", "Two-factor is on already. To move it to another app, turn it off first");
}

function setRecoveryCodes(hub: Hub, { id: accountId }: Account, codes: readonly string[]): Change {
  const hashes = codes.map(recoveryCodeHash);
  hub.records.recoveryCodes.set(accountId, hashes);
  return { kind: "recovery_codes", accountId, hashes };
}

/** Throws where it is not on, or where the server demands it of everybody: nothing need be proven for that. */
export function refuseEnd(hub: Hub, account: Account): void {
  if (hub.policy.twoFactor === "required") {
    throw new Refusal("forbidden", "This server demands two-factor of everybody, so it cannot be turned off");
  }
  refuseIfOff(account);
}

/** Throws where two-factor is not on. */
export function refuseIfOff({ twoFactor }: Account): void {
  if (!twoFactor) {
    throw new Refusal("forbidden", "Two-factor is not on, so there is nothing to change about it");
  }
}

/** Turns it off; `used` is what proving the code has changed. */
export function endTwoFactor(hub: Hub, guest: Guest, used: readonly Change[], re: string): void {
  const { account } = guest;
  refuseEnd(hub, account);
  hub.journal.add({
    changes: [...used, dropSecondFactor(hub, account)],
    committed: () => {
      hub.world.log.info("two_factor_off", { username: account.name });
      guest.answer({ type: "ok", re });
    },
    failed: (refusal) => {
      account.twoFactor = true;
      guest.refuse(refusal, re);
    },
  });
}

/** Decides that an account has no second factor any more. Returns what is to be stored. */
export function dropSecondFactor(hub: Hub, account: Account): Change {
  account.twoFactor = false;
  hub.records.secondFactors.set(account.id, undefined);
  hub.records.recoveryCodes.set(account.id, []);
  return { kind: "no_second_factor", accountId: account.id };
}

/** Makes new recovery codes in place of the old; `used` is what proving the code has changed. */
export function renewRecoveryCodes(hub: Hub, guest: Guest, used: readonly Change[], re: string): void {
  const { account } = guest;
  refuseIfOff(account);
  const codes = newRecoveryCodes(hub.world.chance);
  hub.journal.add({
    changes: [...used, setRecoveryCodes(hub, account, codes)],
    committed: () => {
      hub.world.log.info("recovery_codes_renewed", { username: account.name });
      guest.answer({ type: "recovery_codes", re, codes });
    },
    failed: (refusal) => guest.refuse(refusal, re),
  });
}
