import {
  declarationOf,
  Refusal,
  type RequestType,
  type Role,
  type Scope,
} from "../../shared/protocol/mod.ts";
import { proofRequired } from "../hub/mod.ts";

/** Whoever is in: what their account may do, and what of the person is proven. */
export interface Asker {
  readonly role: Role;
  /** Whether the session must set up a second factor first. */
  readonly confined: boolean;
  /** Whether all factors were proven lately. */
  readonly proven: boolean;
  /** What a bot may do; people have none. */
  readonly scopes?: readonly Scope[] | undefined;
}

/** Decides by the frame table whether this asker, or else a stranger, may ask this at all. Throws a Refusal. */
export function passGate(type: RequestType, asker: Asker | undefined): void {
  const declaration = declarationOf(type);
  if (declaration.phase === "anyone") return;
  if (declaration.phase === "stranger") return refuseInSession(asker);
  if (asker === undefined) throw new Refusal("not_authenticated", `Log in first: "${type}" needs a session`);
  if (asker.confined && declaration.confined !== true) {
    throw new Refusal("two_factor_required", "This server demands two-factor of everybody. Set it up first");
  }
  if (asker.scopes !== undefined) refuseOutOfScope(declaration.scope, asker.scopes);
  if (!declaration.roles.includes(asker.role)) {
    throw new Refusal(
      "forbidden",
      `This is for ${plural(declaration.roles)}, and your role is ${asker.role}. Ask one of them`,
    );
  }
  if (declaration.proof === true && !asker.proven) throw proofRequired();
}

function refuseOutOfScope(needed: Scope | undefined, scopes: readonly Scope[]): void {
  if (needed === undefined) throw new Refusal("forbidden", "This is for people. Bots may not do it");
  if (scopes.includes(needed)) return;
  throw new Refusal("forbidden", `This bot may not do that: it takes the scope "${needed}"`);
}

function refuseInSession(asker: Asker | undefined): void {
  if (asker === undefined) return;
  throw new Refusal(
    "already_authenticated",
    "This connection is logged in already. Open another one to log in again",
  );
}

function plural(roles: readonly Role[]): string {
  return roles.map((role) => `${role}s`).join(", ").replace(/, (?=[^,]*$)/, " and ");
}
