/** Making an account. */
import { Refusal, type Request } from "../../shared/protocol/mod.ts";
import { admit, refuseTaken, signUp } from "../hub/mod.ts";
import { whileCounted } from "./counted.ts";
import type { Caller, Desk } from "./desk.ts";
import { checkNewPassword } from "./password_rules.ts";

/** Rejects with a Refusal; success is told through `caller`, when it is on disk. */
export async function register(desk: Desk, request: Request<"register">, caller: Caller): Promise<void> {
  const { hub, passwords, guessing } = desk;
  const { username: name, invite, password } = request;
  const { address, present } = caller;
  // Whoever brings an invite may be guessing at invites.
  if (invite === undefined) admit(hub, invite);
  else await whileCounted(guessing, { address }, () => admit(hub, invite));
  refuseTaken(hub, name);
  await checkNewPassword(desk, password, name, present, address);
  const passwordHash = await passwords.hash(password, present, address);
  if (!present()) throw new Refusal("auth_timeout", "The connection has ended");
  // Others may have come first meanwhile: signing up checks invite and name again.
  const deviceProof = guessing.proofs.issue(name, passwordHash);
  signUp(hub, { name, passwordHash, invite }, { ...caller, deviceProof }, caller.refuse);
}
