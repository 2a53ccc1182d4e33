import type { Store } from "../store/mod.ts";
import type { Account } from "./account.ts";

/** What the owners demand of everybody, as it is decided; what follows from it happens when it is on disk. */
export interface Policy {
  twoFactor: "optional" | "required";
  /** How long messages are kept in all rooms, in milliseconds; undefined for ever. */
  retentionMs: number | undefined;
}

export function readPolicy({ people }: Store): Policy {
  return {
    twoFactor: people.policy("two_factor") === "required" ? "required" : "optional",
    retentionMs: Number(people.policy("retention") ?? 0) || undefined,
  };
}

/** Whether sessions of this account may do nothing but set up a second factor. */
export function mustSetUp(policy: Policy, account: Account): boolean {
  return policy.twoFactor === "required" && !account.twoFactor && !account.isBot;
}
