/** Making an account. */
import { Refusal, type Request } from "../../shared/protocol/mod.ts";
import { admit, refuseTaken, signUp } from "../hub/mod.ts";
import { whileCounted } from "./counted.ts";
import { type Caller, customerOf, type Desk } from "./desk.ts";
import { checkNewPassword } from "./password_rules.ts";

/** Rejects with a Refusal; success is told through `caller`, when it is on disk. */
export async function register(desk: Desk, request: Request<"register">, caller: Caller): Promise<void> {
  const { hub, passwords, guessing } = desk;
  const { username: name, invite, password } = request;
  // Invites may be guessed at, and each password that is judged and hashed is work.
  const passwordHash = await whileCounted(guessing, { address: caller.address }, async () => {
    admit(hub, invite);
    refuseTaken(hub, name);
    const customer = customerOf(caller, undefined);
    await checkNewPassword(desk, password, name, customer);
    return await passwords.hash(password, customer);
  });
  if (!caller.present()) throw new Refusal("auth_timeout", "The connection has ended");
  // Others may have come first meanwhile: signing up checks invite and name again.
  const proofFor = (loginId: string) => guessing.proofs.issue(name, loginId);
  signUp(hub, { name, passwordHash, invite }, { ...caller, proofFor }, caller.refuse);
}
