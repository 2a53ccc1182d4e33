/** How a stranger becomes a guest: by a new account, a password or a token. */
import { Refusal, type Request } from "../../shared/protocol/mod.ts";
import { admit, type Arrival, type Hub, refuseTaken, resume, signIn, signUp } from "../hub/mod.ts";
import { checkNewPassword } from "./password_rules.ts";
import type { Passwords } from "./passwords.ts";

type AuthenticationType = "register" | "login" | "resume";

type Authenticators = {
  readonly [T in AuthenticationType]: (
    desk: Desk,
    request: Request<T>,
    arrival: Arrival,
  ) => void | Promise<void>;
};

/** What authentication works with. */
export interface Desk {
  readonly hub: Hub;
  readonly passwords: Passwords;
}

export function isAuthentication(request: Request): request is Request<AuthenticationType> {
  return Object.hasOwn(authenticators, request.type);
}

/** Throws or rejects with a Refusal; success is told through `arrival`, when it is on disk. */
export function authenticate<T extends AuthenticationType>(
  desk: Desk,
  request: Request<T>,
  arrival: Arrival,
): void | Promise<void> {
  const authenticator: Authenticators[T] = authenticators[request.type as T];
  return authenticator(desk, request, arrival);
}

const authenticators: Authenticators = { register, login, resume: resumeSession };

async function register(
  { hub, passwords }: Desk,
  request: Request<"register">,
  arrival: Arrival,
): Promise<void> {
  admit(hub, request.invite);
  const { username: name } = request;
  refuseTaken(hub, name);
  checkNewPassword(request.password, name);
  const passwordHash = await passwords.hash(request.password, arrival.present);
  if (!arrival.present()) throw new Refusal("auth_timeout", "The connection has ended");
  // Others may have come first meanwhile: signing up checks invite and name again.
  signUp(hub, { name, passwordHash, invite: request.invite }, arrival, arrival.refuse);
}

async function login({ hub, passwords }: Desk, request: Request<"login">, arrival: Arrival): Promise<void> {
  const account = hub.accounts.named(foldName(request.username));
  const hash = account === undefined ? undefined : hub.store.people.passwordOf(account.id);
  if (!await passwords.verify(request.password, hash, arrival.present) || account === undefined) {
    throw new Refusal("auth_failed", "The name or the password is wrong");
  }
  signIn(hub, account, arrival);
}

/** Names are ASCII: a letter that only folds into one (the Kelvin sign into k) makes another name. */
function foldName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function resumeSession({ hub }: Desk, request: Request<"resume">, arrival: Arrival): void {
  resume(hub, request.token, request.cursors, arrival);
}
