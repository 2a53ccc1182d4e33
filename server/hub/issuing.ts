/** Invites and reset links are as good as whoever has made them: they count while their maker may still make such ones. */
import type { Role } from "../../shared/protocol/mod.ts";
import type { Change } from "../store/mod.ts";
import type { Account } from "./account.ts";
import type { Hub } from "./hub.ts";

/** Whether what `issuer` has made counts; undefined is the server's own machine. `may` is what the maker's role must allow. */
export function isBacked(hub: Hub, issuer: number | undefined, may: (role: Role) => boolean): boolean {
  if (issuer === undefined) return true;
  const { role, issuedIsVoid } = hub.accounts.withId(issuer);
  return !issuedIsVoid && may(role);
}

/** Takes back all that the account has made, as somebody else may have made it in its name. Returns what is to be stored. */
export function voidIssued(hub: Hub, account: Account): Change {
  account.issuedIsVoid = true;
  // From then on the store has none of it, or has it still.
  const settle = (): void => {
    account.issuedIsVoid = false;
  };
  hub.journal.add({ changes: [], committed: settle, failed: settle });
  return { kind: "void_issued", accountId: account.id };
}
