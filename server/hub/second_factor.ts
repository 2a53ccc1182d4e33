/** Proving the second factor: a code of the authenticator app, or a recovery code. */
import { Refusal } from "../../shared/protocol/mod.ts";
import type { Change } from "../store/mod.ts";
import type { Account } from "./account.ts";
import type { Hub } from "./hub.ts";
import { matchingHash } from "./recovery_codes.ts";
import { tellAccount } from "./telling.ts";
import { totpStep } from "./totp.ts";

/**
 * Checks the code of whoever has proven the password, and uses it up. Throws `code_required` or `code_invalid`; returns what
 * is to be stored, in the same turn, together with what the code is used for. Without a second factor that is nothing.
 */
export function useCode(hub: Hub, account: Account, code: string | undefined): readonly Change[] {
  if (!account.twoFactor) return [];
  if (code === undefined) throw codeRequired();
  const digits = code.replace(/[\s-]/g, "");
  return [/^\d{6}$/.test(digits) ? useTotp(hub, account, digits) : useRecoveryCode(hub, account, code)];
}

/** A code is good once, and every one before it is good no more (RFC 6238, section 5.2). */
function useTotp(hub: Hub, account: Account, digits: string): Change {
  const factor = hub.records.secondFactors.get(account.id);
  const step = factor && totpStep(factor.secret, digits, hub.world.clock.now());
  if (factor === undefined || step === undefined || step <= factor.lastStep) throw wrongCode();
  const used = { ...factor, lastStep: step };
  hub.records.secondFactors.set(account.id, used);
  return { kind: "second_factor", factor: used };
}

function useRecoveryCode(hub: Hub, account: Account, code: string): Change {
  const { recoveryCodes } = hub.records;
  const unused = recoveryCodes.get(account.id) ?? [];
  const hash = matchingHash(unused, code);
  if (hash === undefined) throw wrongCode();
  recoveryCodes.set(account.id, unused.filter((each) => each !== hash));
  hub.journal.add({
    changes: [],
    committed: () => {
      hub.world.log.info("recovery_code_used", { username: account.name, left: unused.length - 1 });
      tellAccount(account, { type: "alert", about: "recovery_code_used", time: hub.world.clock.now() });
    },
    failed: () => {},
  });
  return { kind: "recovery_code_used", accountId: account.id, hash };
}

/** What is answered where a code is missing. */
export function codeRequired(): Refusal {
  return new Refusal(
    "code_required",
    "This account is protected by two-factor. Give the code of your app too",
  );
}

/** What a code that will not do is answered with. */
export function wrongCode(): Refusal {
  return new Refusal(
    "code_invalid",
    "This code is wrong, too old, or was used before. Wait for the next one that your app shows",
  );
}
