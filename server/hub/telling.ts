/** Telling a person's own sessions about their account. */
import { encode, type Signal, toBytes } from "../../shared/protocol/mod.ts";
import type { Account } from "./account.ts";
import type { Guest } from "./guest.ts";

/** Says `signal` to every session of the account, but those of the login `except`. */
export function tellAccount(account: Account, signal: Signal, except?: string): void {
  const line = toBytes(encode(signal));
  for (const [outbox, loginId] of account.connections) if (loginId !== except) outbox.push(line);
}

/** Says `signal` to the other sessions of a guest's account. */
export function tellOthers({ account, outbox: own }: Guest, signal: Signal): void {
  const line = toBytes(encode(signal));
  for (const outbox of account.sessions.keys()) if (outbox !== own) outbox.push(line);
}
