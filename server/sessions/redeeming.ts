/** Opening a session with a reset link and a new password. */
import { Refusal, type Request } from "../../shared/protocol/mod.ts";
import { findReset, redeemReset } from "../hub/mod.ts";
import { whileCounted } from "./counted.ts";
import type { Caller, Desk } from "./desk.ts";
import { checkNewPassword } from "./password_rules.ts";

/** Rejects with a Refusal; success is told through `caller`, when it is on disk. */
export async function redeem(desk: Desk, request: Request<"redeem_reset">, caller: Caller): Promise<void> {
  const { hub, passwords, guessing } = desk;
  const { secret, password, code } = request;
  const { address, present } = caller;
  const found = await whileCounted(guessing, { address }, () => findReset(hub, secret));
  const { account: { name }, needsCode } = found;
  // Whether the link alone will do is told before anything is computed.
  if (needsCode && code === undefined) throw codeRequired();
  await checkNewPassword(desk, password, name, present, address);
  const passwordHash = await passwords.hash(password, present, address);
  if (!present()) throw new Refusal("auth_timeout", "The connection has ended");
  const arrival = { ...caller, deviceProof: guessing.proofs.issue(name, passwordHash) };
  const use = () => redeemReset(hub, { secret, passwordHash, code }, arrival);
  if (needsCode) await whileCounted(guessing, { name, address }, use);
  else use();
  guessing.forgive(name);
}

function codeRequired(): Refusal {
  return new Refusal(
    "code_required",
    "This account is protected by two-factor. Give the code of your app too",
  );
}
