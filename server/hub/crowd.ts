import { Refusal } from "../../shared/protocol/mod.ts";
import type { Account } from "./account.ts";
import type { Hub } from "./hub.ts";

/** How long whoever has too many sessions had better wait, in milliseconds: one that is dead is noticed in about a minute. */
const retryAfterMs = 10_000;

/** Throws `busy` where the account has as many open sessions as it may, those counted that are about to open. */
export function refuseCrowd({ settings }: Hub, account: Account): void {
  if (account.connections.length + account.arriving < settings.sessionsPerAccount) return;
  throw new Refusal(
    "busy",
    `You are connected ${settings.sessionsPerAccount} times already, which is as often as one account may be. ` +
      "Close chat in some other place, or wait a moment",
    { retryAfterMs },
  );
}
