/** Opening a session with a password. */
import { Refusal, type Request } from "../../shared/protocol/mod.ts";
import type { Clock } from "../../shared/world/mod.ts";
import { type Account, passwordOf, refuseCrowd, setPassword, signIn, useCode } from "../hub/mod.ts";
import { whileCounted } from "./counted.ts";
import { type Caller, customerOf, type Desk } from "./desk.ts";
import { foldName } from "./guessing.ts";
import { isSamePassword } from "./password_hash.ts";
import type { Customer } from "./password_queue.ts";

/**
 * A login that fails is answered this long after it came, or twice as long, and so on, in milliseconds: how long its hash
 * took, an old one, a strong one or that of nobody, is nothing that the time could tell. Other refusals come at once, as
 * nothing is looked up before them.
 */
const answerEveryMs = 1_000;

/** Rejects with a Refusal; success is told through `caller`, when it is on disk. */
export async function login(desk: Desk, request: Request<"login">, caller: Caller): Promise<void> {
  const { guessing, hub: { world: { clock } } } = desk;
  const cameAt = clock.monotonic();
  const { username: name, deviceProof } = request;
  try {
    const guess = { name, address: caller.address, deviceProof };
    await whileCounted(
      guessing,
      guess,
      (known) => comeIn(desk, request, caller, customerOf(caller, known)),
    );
  } catch (error) {
    if (error instanceof Refusal && error.code === "auth_failed") await untilNextAnswer(clock, cameAt);
    throw error;
  }
}

async function comeIn(
  desk: Desk,
  request: Request<"login">,
  caller: Caller,
  customer: Customer,
): Promise<void> {
  const { hub, guessing } = desk;
  const { account, hash } = await findAccount(desk, request, customer);
  const stronger = await strongerHash(desk, request.password, hash, customer);
  // The password may have been changed in all this time: the one that was verified opens nothing any more.
  const present = passwordOf(hub, account);
  if (present === undefined || !isSamePassword(present, hash)) throw wrongLogin();
  refuseCrowd(hub, account);
  const codeUse = useCode(hub, account, request.code);
  const changes = stronger === undefined ? codeUse : [...codeUse, setPassword(hub, account, stronger)];
  const proofFor = (loginId: string) => guessing.proofs.issue(account.name, loginId);
  signIn(hub, account, { ...caller, proofFor }, changes);
}

/** The account whose password this is, with the hash that it was verified against. Rejects with `auth_failed`. */
async function findAccount(
  { hub, passwords }: Desk,
  { username, password }: Request<"login">,
  customer: Customer,
): Promise<{ readonly account: Account; readonly hash: string }> {
  let account: Account | undefined, hash: string | undefined;
  const findHash = () => {
    account = hub.accounts.named(foldName(username));
    hash = account && passwordOf(hub, account);
    return hash;
  };
  const isRight = await passwords.verify(password, findHash, customer);
  if (!isRight || account === undefined || hash === undefined) throw wrongLogin();
  return { account, hash };
}

/** Where the server has too much to do, the old hash does for now. */
async function strongerHash(
  { passwords }: Desk,
  password: string,
  hash: string,
  customer: Customer,
): Promise<string | undefined> {
  try {
    return await passwords.strengthened(password, hash, customer);
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
