/** The end of logins: their tokens open nothing any more, and their sessions are told why. */
import { encode, limits, toBytes } from "../../shared/protocol/mod.ts";
import type { Change, LoginEnd, LoginRow } from "../store/mod.ts";
import type { Account } from "./account.ts";
import type { Hub } from "./hub.ts";

/** What a session is told when its login ends, and whoever brings a token of it later. */
export const endSentences: Readonly<Record<LoginEnd, string>> = {
  token_reused: "This login was ended because an old token of it was used again. Log in with your password",
  revoked: "This login was ended from another of your devices. Log in with your password",
  password_changed: "This login was ended because your password was changed. Log in with the new one",
  deactivated: "This account was deactivated. Ask those who look after the server",
  renewed: "This token was replaced by a new one. Use that",
  too_many:
    `This login was ended because you logged in ${limits.loginsPerAccount} times elsewhere. Log in with your password`,
};

/** Ends that are decided: to be stored with `changes`, and to be told by `committed`. */
export interface LoginEnds {
  readonly changes: readonly Change[];
  committed(): void;
}

/** Ends those of an account's logins that `which` picks by their ids, also those that are only just being made. */
export function endLogins(
  hub: Hub,
  account: Account,
  reason: LoginEnd,
  which: (loginId: string) => boolean,
): LoginEnds {
  const ended = loginsOf(hub, account).filter(({ id }) => which(id));
  for (const login of ended) hub.records.logins.set(login.id, { ...login, ended: reason });
  const ids = new Set(ended.map(({ id }) => id));
  return {
    changes: [...ids].map((id) => ({ kind: "login_ended", id, reason })),
    committed() {
      const bye = toBytes(encode({ type: "bye", code: "revoked", message: endSentences[reason] }));
      for (const [outbox, loginId] of account.connections) if (ids.has(loginId)) outbox.end(bye);
    },
  };
}

/** Makes room for one more login, where there are as many as there may be: the one that was seen longest ago ends. */
export function endSurplus(hub: Hub, account: Account): LoginEnds {
  const online = new Set(account.connections.map(([, loginId]) => loginId));
  const seen = ({ id, used }: LoginRow) => online.has(id) ? Infinity : used;
  const newestFirst = loginsOf(hub, account).sort((one, other) => seen(one) < seen(other) ? 1 : -1);
  const surplus = new Set(newestFirst.slice(limits.loginsPerAccount - 1).map(({ id }) => id));
  return endLogins(hub, account, "too_many", (id) => surplus.has(id));
}

/** An account's logins that have not ended, as they will be when what is decided is on disk. */
function loginsOf(hub: Hub, account: Account): LoginRow[] {
  const { logins } = hub.records;
  const ids = new Set(hub.store.people.loginsOf(account.id).map(({ id }) => id));
  for (const { id, accountId } of logins.decided()) if (accountId === account.id) ids.add(id);
  return [...ids].map((id) => logins.get(id)).filter((login) => login !== undefined)
    .filter(({ ended }) => ended === undefined);
}
