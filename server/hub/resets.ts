/** Reset links: how somebody who has forgotten their password, or lost their second factor, gets in again without e-mail. */
import { limits, Refusal, type Request } from "../../shared/protocol/mod.ts";
import type { World } from "../../shared/world/mod.ts";
import type { Change, ResetRow } from "../store/mod.ts";
import type { Account } from "./account.ts";
import { accountNamed } from "./accounts.ts";
import { replacePassword } from "./credentials.ts";
import { type Arrival, openSession } from "./entrance.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { isBacked } from "./issuing.ts";
import { endLogins } from "./login_ends.ts";
import { refuseBot, refuseDeactivated } from "./people_named.ts";
import { mayReset } from "./ranks.ts";
import { useCode } from "./second_factor.ts";
import { hashOf, hashWordOf, newSecret } from "./secrets.ts";
import { dropSecondFactor } from "./two_factor.ts";

export type ResetTerms = Omit<ResetRow, "expires">;

export interface NewReset {
  /** 128 random bits in base64url: shown once, to whoever asked. */
  readonly secret: string;
  readonly expires: number;
  readonly change: Change;
}

/** A right to set the account's password, in place of every earlier one. */
export function newReset(terms: ResetTerms, world: World): NewReset {
  const secret = newSecret(world.chance, 16);
  const expires = world.clock.now() + limits.resetLifeMs;
  return {
    secret,
    expires,
    change: { kind: "reset", hash: hashOf(secret), reset: { ...terms, expires } },
  };
}

export function issueReset(hub: Hub, guest: Guest, request: Request<"issue_reset">): void {
  const account = accountNamed(hub.accounts, request.username);
  refuseDeactivated(account);
  refuseBot(account, "comes in by its token. Make a new one for it instead");
  // A session that somebody else has sat down at must not be enough to take the account over for good.
  if (account === guest.account) {
    throw new Refusal(
      "forbidden",
      "A reset link is for somebody else. Change your own password with the one you have, or run chat user reset on the server",
    );
  }
  const twoFactor = request.twoFactor ?? false;
  const terms = { accountId: account.id, endsTwoFactor: twoFactor, issuer: guest.account.id };
  const { secret, expires, change } = newReset(terms, hub.world);
  hub.journal.add({
    changes: [change],
    committed: () => {
      hub.world.log.info("reset_issued", { username: account.name, by: guest.account.name, twoFactor });
      const link = hub.settings.resetLink(secret);
      guest.answer({ type: "reset", re: request.id, username: account.name, secret, link, expires });
    },
    failed: (refusal) => guest.refuse(refusal, request.id),
  });
}

/** A reset link that is good at this moment. */
export interface GoodReset {
  readonly account: Account;
  /** Whether a code is needed beside the link. */
  readonly needsCode: boolean;
}

/** Looks the secret of a link up. Throws `reset_invalid`. */
export function findReset(hub: Hub, secret: string): GoodReset {
  const { accountId, endsTwoFactor } = goodReset(hub, secret);
  const account = hub.accounts.withId(accountId);
  return { account, needsCode: account.twoFactor && !endsTwoFactor };
}

function goodReset(hub: Hub, secret: string): ResetRow {
  const reset = hub.records.resets.get(hashWordOf(secret));
  const isGood = reset !== undefined && reset.expires > hub.world.clock.now() &&
    isBacked(hub, reset.issuer, mayReset) &&
    !hub.accounts.withId(reset.accountId).deactivated;
  if (isGood) return reset;
  throw new Refusal("reset_invalid", "This reset link is unknown, used or expired. Ask for a new one");
}

export interface Redemption {
  readonly secret: string;
  readonly passwordHash: string;
  readonly code: string | undefined;
}

/** Uses a link: sets the password, ends every login, and opens a session. Throws what `findReset` and `useCode` throw. */
export function redeemReset(hub: Hub, redemption: Redemption, arrival: Arrival): void {
  const { endsTwoFactor } = goodReset(hub, redemption.secret);
  const { account, needsCode } = findReset(hub, redemption.secret);
  const used = needsCode ? useCode(hub, account, redemption.code) : [];
  const hadTwoFactor = account.twoFactor;
  hub.records.resets.set(hashWordOf(redemption.secret), undefined);
  const ends = endLogins(hub, account, "password_changed", () => true);
  openSession(hub, account, arrival, {
    changes: [
      ...used,
      ...replacePassword(hub, account, redemption.passwordHash),
      ...(endsTwoFactor ? [dropSecondFactor(hub, account)] : []),
      ...ends.changes,
    ],
    committed: () => {
      hub.world.log.info("password_reset", { username: account.name });
      if (hadTwoFactor && endsTwoFactor) hub.world.log.info("two_factor_off", { username: account.name });
      ends.committed();
    },
    failed: () => account.twoFactor = hadTwoFactor,
  });
}
