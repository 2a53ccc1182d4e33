import { Refusal } from "../../shared/protocol/mod.ts";
import type { Account } from "./account.ts";
import type { Hub } from "./hub.ts";

/**
 * Throws `forbidden` where nobody else would own the server. Counts what is decided, stored or not: two owners who demote
 * each other at once leave one.
 */
export function refuseLastOwner({ accounts }: Hub, account: Account): void {
  if (account.role !== "owner") return;
  if (accounts.all().some((other) => other !== account && other.role === "owner" && !other.deactivated)) {
    return;
  }
  throw new Refusal(
    "forbidden",
    "This is the last owner, and a server must have one. Make somebody else an owner first",
  );
}
