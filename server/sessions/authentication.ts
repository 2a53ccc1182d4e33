/** How a stranger becomes a guest: by a new account, a password, a reset link, or a token of their own or of a bot. */
import type { Request } from "../../shared/protocol/mod.ts";
import { botLogin, resume } from "../hub/mod.ts";
import type { Caller, Desk } from "./desk.ts";
import { login } from "./login.ts";
import { redeem } from "./redeeming.ts";
import { register } from "./register.ts";

type AuthenticationType = "register" | "login" | "redeem_reset" | "resume" | "bot_login";

type Authenticators = {
  readonly [T in AuthenticationType]: (
    desk: Desk,
    request: Request<T>,
    caller: Caller,
  ) => void | Promise<void>;
};

export type AuthenticationRequest = Request<AuthenticationType>;

export function isAuthentication(request: Request): request is AuthenticationRequest {
  return Object.hasOwn(authenticators, request.type);
}

/** Throws or rejects with a Refusal; success is told through `caller`, when it is on disk. */
export function authenticate<T extends AuthenticationType>(
  desk: Desk,
  request: Request<T>,
  caller: Caller,
): void | Promise<void> {
  const authenticator: Authenticators[T] = authenticators[request.type as T];
  return authenticator(desk, request, caller);
}

const authenticators: Authenticators = {
  register,
  login,
  redeem_reset: redeem,
  resume: ({ hub }, { token, cursors, deaf }, caller) => resume(hub, token, cursors, { ...caller, deaf }),
  bot_login: ({ hub }, request, caller) => botLogin(hub, request.token, caller),
};
