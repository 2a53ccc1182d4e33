import type { Connection } from "./connection/mod.ts";
import type { Door } from "./entrance/mod.ts";
import type { Person } from "./person.ts";
import { Refusal, userName } from "../shared/protocol/mod.ts";
import { Trouble } from "../shared/trouble/mod.ts";
import type { Clock } from "../shared/world/mod.ts";
import { SignInByHand } from "./sign_in_by_hand.ts";
import { span } from "./terminal/mod.ts";

export interface SignInOptions {
  readonly door: Door;
  readonly clock: Clock;
  /** Accounts of this server with a saved token, the last used first. */
  readonly savedNames: readonly string[];
  /** The secret of an invite link. */
  readonly invite?: string | undefined;
  /** The secret of a reset link: then a password is set anew, whatever is saved. */
  readonly reset?: string | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly systemUser?: string | undefined;
  /** Without one, everything must have been said beforehand. */
  readonly person?: Person | undefined;
}

/** Nobody is there to be asked, and what was said beforehand does not suffice. The message is for people. */
export class CannotSignIn extends Trouble {
  override readonly name = "CannotSignIn";
}

/**
 * Opens a session: with a saved token if there is one, without a question; else with what was said beforehand or the
 * person answers. Throws what `Door` does and, where nobody can be asked, `CannotSignIn`.
 */
export async function signIn(options: SignInOptions): Promise<Connection> {
  const user = options.user === undefined ? undefined : userName.read(options.user, "--user");
  if (options.reset !== undefined) return await redeem(options, options.reset);
  const saved = options.savedNames.find((name) => user === undefined || name === user);
  const resumed = saved === undefined ? undefined : await resume(options, saved);
  if (resumed !== undefined) return resumed;
  const { person } = options;
  if (person === undefined) return await signInAlone(options, user);
  return await new SignInByHand({ ...options, user: user ?? saved, person, isKnown: saved !== undefined })
    .run();
}

function redeem(options: SignInOptions, reset: string): Promise<Connection> {
  const { door, password, person } = options;
  if (person !== undefined) return new SignInByHand({ ...options, person, isKnown: true }).run();
  if (password !== undefined) return withoutCode(door.redeemReset(reset, password));
  throw new CannotSignIn("There is no terminal to ask you at: set CHAT_PASSWORD to the new password");
}

/** A code is good for half a minute, so that it makes no sense to say it beforehand. */
async function withoutCode(entering: Promise<Connection>): Promise<Connection> {
  try {
    return await entering;
  } catch (refusal) {
    if (!(refusal instanceof Refusal && refusal.code === "code_required")) throw refusal;
    throw new CannotSignIn(
      "Two-factor is on for this account, and there is no terminal to ask you for the code: connect once from a " +
        "terminal, which saves your login",
    );
  }
}

/** Undefined if the token is no longer good. */
async function resume({ door, person }: SignInOptions, name: string): Promise<Connection | undefined> {
  try {
    return await door.resume(name);
  } catch (refusal) {
    if (!(refusal instanceof Refusal && refusal.code === "token_invalid")) throw refusal;
    person?.show([[span(`  Your last login as ${name} has ended. Please log in again.`)]]);
    return undefined;
  }
}

/** An invite registers, but if that was done before, as by a script that runs again, it logs in. */
async function signInAlone(options: SignInOptions, user: string | undefined): Promise<Connection> {
  const { door, invite, password } = options;
  if (user === undefined || password === undefined) {
    throw new CannotSignIn(
      "There is no terminal to ask you at: say --user NAME and set CHAT_PASSWORD, or connect once from a terminal, " +
        "which saves your login",
    );
  }
  if (invite === undefined) return await withoutCode(door.login(user, password));
  try {
    return await door.register(user, password, invite);
  } catch (refusal) {
    if (!(refusal instanceof Refusal && isDoneBefore(refusal))) throw refusal;
    return await loginInstead(door, user, password, refusal);
  }
}

/** If there is no such account either, what was wrong with the registration is what the person must know. */
async function loginInstead(
  door: Door,
  user: string,
  password: string,
  refusal: Refusal,
): Promise<Connection> {
  try {
    return await withoutCode(door.login(user, password));
  } catch (loginRefusal) {
    const isNobody = loginRefusal instanceof Refusal && loginRefusal.code === "auth_failed";
    throw isNobody ? refusal : loginRefusal;
  }
}

function isDoneBefore({ code }: Refusal): boolean {
  return code === "username_exists" || code === "invite_invalid";
}
