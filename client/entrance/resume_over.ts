import { type Answer, Refusal } from "../../shared/protocol/mod.ts";
import { type Opened, type Session } from "../connection/mod.ts";
import type { Given, Tokens } from "../tokens/mod.ts";
import type { TrustedServer } from "../trust/mod.ts";

interface Place {
  readonly server: TrustedServer;
  readonly tokens: Tokens;
}

/**
 * Opens a session with the saved token. It is read, used and replaced under its lock, so that two terminals, or programs,
 * never use the same one twice. Rejects with the `Refusal` of `token_invalid` where there is none or it is good no more.
 */
export async function resumeOver(
  session: Session,
  { server, tokens }: Place,
  username: string,
): Promise<Opened> {
  const login = { pin: server.pin, username };
  let used: string | undefined;
  try {
    const { welcome } = await tokens.exchange(login, async (token) => {
      used = token;
      return await present(session, token);
    });
    return { session, welcome };
  } catch (cause) {
    if (used !== undefined && cause instanceof Refusal && cause.code === "token_invalid") {
      await tokens.forget(login, used);
    }
    throw cause;
  }
}

async function present(
  session: Session,
  token: string | undefined,
): Promise<Given & { readonly welcome: Answer<"auth_success"> }> {
  if (token === undefined) {
    throw new Refusal("token_invalid", "No login is saved here. Log in with your password");
  }
  const welcome = await session.request<"resume">({ type: "resume", token });
  return { token: welcome.token, deviceProof: welcome.deviceProof, welcome };
}
