/** Opening a session with a password. */
import { Refusal, type Request } from "../../shared/protocol/mod.ts";
import type { Clock } from "../../shared/world/mod.ts";
import { passwordOf, setPassword, signIn, useCode } from "../hub/mod.ts";
import { whileCounted } from "./counted.ts";
import type { Caller, Desk } from "./desk.ts";
import { foldName } from "./guessing.ts";
import { isSamePassword } from "./password_hash.ts";

/**
 * A login that fails is answered this long after it came, or twice as long, and so on, in milliseconds: how long its hash
 * took, an old one, a strong one or that of nobody, is nothing that the time could tell.
 */
const answerEveryMs = 600;

/** Rejects with a Refusal; success is told through `caller`, when it is on disk. */
export async function login(desk: Desk, request: Request<"login">, caller: Caller): Promise<void> {
  const { guessing, hub: { world: { clock } } } = desk;
  const cameAt = clock.monotonic();
  const { username: name, deviceProof } = request;
  try {
    const guess = { name, address: caller.address, deviceProof };
    await whileCounted(guessing, guess, () => comeIn(desk, request, caller));
  } catch (error) {
    if (error instanceof Refusal && error.code === "auth_failed") await untilNextAnswer(clock, cameAt);
    throw error;
  }
}

async function comeIn(desk: Desk, request: Request<"login">, caller: Caller): Promise<void> {
  const { hub, passwords, guessing } = desk;
  const { password, code } = request;
  const account = hub.accounts.named(foldName(request.username));
  const hash = account && passwordOf(hub, account);
  const isRight = await passwords.verify(password, hash, caller.present, caller.address);
  if (!isRight || account === undefined || hash === undefined) throw wrongLogin();
  const stronger = await strongerHash(desk, password, hash, caller);
  // The password may have been changed in all this time: the one that was verified opens nothing any more.
  const present = passwordOf(hub, account);
  if (present === undefined || !isSamePassword(present, hash)) throw wrongLogin();
  const codeUse = useCode(hub, account, code);
  const changes = stronger === undefined ? codeUse : [...codeUse, setPassword(hub, account, stronger)];
  signIn(hub, account, { ...caller, deviceProof: guessing.proofs.issue(account.name, hash) }, changes);
}

/** Where the server has too much to do, the old hash does for now. */
async function strongerHash(
  { passwords }: Desk,
  password: string,
  hash: string,
  { present, address }: Caller,
): Promise<string | undefined> {
  try {
    return await passwords.strengthened(password, hash, present, address);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function wrongLogin(): Refusal {
  return new Refusal("auth_failed", "The name or the password is wrong");
}

function untilNextAnswer(clock: Clock, cameAt: number): Promise<void> {
  return clock.sleep(answerEveryMs - (clock.monotonic() - cameAt) % answerEveryMs);
}
