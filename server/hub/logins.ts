/**
 * Tokens: how somebody comes back without the password. Each use gives a new token; the one used stays good until the
 * new one is first used, so that a lost answer locks nobody out. Any older one coming back has been stolen.
 */
import type { World } from "../../shared/world/mod.ts";
import type { LoginRow } from "../store/mod.ts";
import type { Hub } from "./hub.ts";
import { oldestLogin } from "./login_age.ts";
import { hashOf, newSecret, sameHash } from "./secrets.ts";

export interface Issued {
  readonly token: string;
  readonly login: LoginRow;
}

/** A login with its first token. */
export function newLogin(accountId: number, world: World): Issued {
  return issue(newSecret(world.chance, 16), accountId, undefined, world);
}

/** What came of presenting a token. */
export type Presented =
  | { readonly kind: "good"; readonly issued: Issued }
  | { readonly kind: "unknown" }
  | { readonly kind: "stolen"; readonly login: LoginRow };

/** Looks a token up and, if it is good, makes its successor. Changes nothing. */
export function presentToken(hub: Hub, token: string): Presented {
  const id = token.slice(0, token.indexOf("."));
  const login = hub.pendingLogins.has(id) ? hub.pendingLogins.get(id) : hub.store.people.login(id);
  if (login === undefined || login.used < oldestLogin(hub.world.clock)) return { kind: "unknown" };
  const hash = hashOf(token);
  const used = sameHash(hash, login.next) || (login.current !== undefined && sameHash(hash, login.current));
  if (!used) return { kind: "stolen", login };
  return { kind: "good", issued: issue(id, login.accountId, hash, hub.world) };
}

function issue(id: string, accountId: number, current: Uint8Array | undefined, world: World): Issued {
  const token = `${id}.${newSecret(world.chance, 32)}`;
  return { token, login: { id, accountId, current, next: hashOf(token), used: world.clock.now() } };
}
