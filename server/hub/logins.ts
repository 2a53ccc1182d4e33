/**
 * Tokens: how somebody comes back without the password. Each use gives a new token; the one used stays good until the
 * new one is first used, so that a lost answer locks nobody out. Any older one coming back has been stolen.
 */
import type { World } from "../../shared/world/mod.ts";
import type { LoginRow } from "../store/mod.ts";
import type { Hub } from "./hub.ts";
import { oldestLogin } from "./login_age.ts";
import { endSentences } from "./login_ends.ts";
import { hashOf, hashWordOf, newSecret, sameHash } from "./secrets.ts";

export interface Issued {
  readonly token: string;
  readonly login: LoginRow;
}

/** A login with its first token; `name` is what its client calls itself. The token of a `fixed` one stays the same. */
export function newLogin(accountId: number, name: string | undefined, fixed: boolean, world: World): Issued {
  const lead = newSecret(world.chance, 16);
  const made = { id: hashWordOf(lead), accountId, name, fixed, created: world.clock.now(), ended: undefined };
  return issue(lead, made, undefined, world);
}

const unknownToken = "This login is no longer valid. Log in with your password";

/** What came of presenting a token. */
export type Presented =
  /** `again`: it was used before, and its successor was not. */
  | { readonly kind: "good"; readonly issued: Issued; readonly again: boolean }
  /** It is not known, or good no more; `why` is a sentence for whoever brings it. */
  | { readonly kind: "invalid"; readonly why: string }
  | { readonly kind: "stolen"; readonly login: LoginRow };

/** Looks a token up and, if it is good, makes its successor. Changes nothing. */
export function presentToken(hub: Hub, token: string): Presented {
  const login = loginLedBy(hub, token);
  if (login === undefined || login.used < oldestLogin(hub.world.clock)) {
    return { kind: "invalid", why: unknownToken };
  }
  if (login.ended !== undefined) return { kind: "invalid", why: endSentences[login.ended] };
  const hash = hashOf(token);
  if (login.fixed) {
    if (!sameHash(hash, login.next)) return { kind: "invalid", why: unknownToken };
    return {
      kind: "good",
      issued: { token, login: { ...login, used: hub.world.clock.now() } },
      again: false,
    };
  }
  const again = login.current !== undefined && sameHash(hash, login.current);
  // How it begins is known to those alone who have had a token of the login, so that this one was good once.
  if (!again && !sameHash(hash, login.next)) return { kind: "stolen", login };
  return { kind: "good", issued: issue(leadOf(token), login, hash, hub.world), again };
}

/** The login whose tokens begin as this one does, which may still be none of them. */
export function loginLedBy({ records }: Hub, token: string): LoginRow | undefined {
  return records.logins.get(hashWordOf(leadOf(token)));
}

function leadOf(token: string): string {
  return token.slice(0, token.indexOf("."));
}

/** The tokens of a login all begin with its `lead`, of which the store has but a hash: nobody makes a token of what is stored. */
function issue(
  lead: string,
  login: Omit<LoginRow, "current" | "next" | "used">,
  current: Uint8Array | undefined,
  world: World,
): Issued {
  const token = `${lead}.${newSecret(world.chance, 32)}`;
  return { token, login: { ...login, current, next: hashOf(token), used: world.clock.now() } };
}
