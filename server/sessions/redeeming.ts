/** Opening a session with a reset link and a new password. */
import { Refusal, type Request } from "../../shared/protocol/mod.ts";
import { codeRequired, findReset, redeemReset } from "../hub/mod.ts";
import { whileCounted } from "./counted.ts";
import { type Caller, customerOf, type Desk } from "./desk.ts";
import { checkNewPassword } from "./password_rules.ts";

/** Rejects with a Refusal; success is told through `caller`, when it is on disk. */
export async function redeem(desk: Desk, request: Request<"redeem_reset">, caller: Caller): Promise<void> {
  const { hub, guessing } = desk;
  const { secret, code } = request;
  const { address } = caller;
  const { name, needsCode, passwordHash } = await whileCounted(
    guessing,
    { address },
    () => hashNew(desk, request, caller),
  );
  if (!caller.present()) throw new Refusal("auth_timeout", "The connection has ended");
  const proofFor = (loginId: string) => guessing.proofs.issue(name, loginId);
  const use = () => redeemReset(hub, { secret, passwordHash, code }, { ...caller, proofFor });
  // Strangers who guess at the account keep nobody out who has a link to it.
  if (needsCode) await whileCounted(guessing, { name, address, lane: secret }, use);
  else use();
  guessing.forgive(name);
}

/** The account that the link is for, and the hash of its new password. Whoever has a good link is served before strangers. */
async function hashNew(
  desk: Desk,
  { secret, password, code }: Request<"redeem_reset">,
  caller: Caller,
): Promise<{ readonly name: string; readonly needsCode: boolean; readonly passwordHash: string }> {
  const { account: { name }, needsCode } = findReset(desk.hub, secret);
  // Whether the link alone will do is told before anything is computed.
  if (needsCode && code === undefined) throw codeRequired();
  const customer = customerOf(caller, name);
  await checkNewPassword(desk, password, name, customer);
  return { name, needsCode, passwordHash: await desk.passwords.hash(password, customer) };
}
