/** What a guest may ask only by proving once more who they are, by password or code. */
import { Refusal, type Request } from "../../shared/protocol/mod.ts";
import {
  beginTwoFactor,
  changePassword,
  confirmTwoFactor,
  endTwoFactor,
  type Guest,
  isStillIn,
  passwordOf,
  type ProvingRequestType,
  refuseEnd,
  refuseIfOff,
  renewRecoveryCodes,
  useCode,
} from "../hub/mod.ts";
import { whileCounted } from "./counted.ts";
import type { Desk } from "./desk.ts";
import { checkNewPassword } from "./password_rules.ts";

export type ProvingRequest = Request<ProvingRequestType>;

type Provers = {
  readonly [T in ProvingRequestType]: (prover: Prover, request: Request<T>) => Promise<void>;
};

/** A guest who proves something, and where they do it from. */
interface Prover {
  readonly desk: Desk;
  readonly guest: Guest;
  readonly address: string;
}

export function isProving(request: Request): request is ProvingRequest {
  return Object.hasOwn(provers, request.type);
}

/** Rejects with a Refusal; what was changed is told to the guest when it is on disk. */
export function prove<T extends ProvingRequestType>(
  desk: Desk,
  guest: Guest,
  request: Request<T>,
  address: string,
): Promise<void> {
  const prover: Provers[T] = provers[request.type as T];
  return prover({ desk, guest, address }, request);
}

const provers: Provers = {
  async change_password(prover, { id, current, password }) {
    const { desk: { hub, passwords, guessing }, guest, address } = prover;
    const { account } = guest;
    await checkNewPassword(prover.desk, password, account.name, wanted(guest), address);
    await counted(prover, async () => {
      const proven = await provePassword(prover, current);
      const hash = await passwords.hash(password, wanted(guest), address);
      refuseGone(prover);
      changePassword(hub, guest, { proven, hash }, id);
    });
    guessing.forgive(account.name);
  },

  async two_factor_begin(prover, { id, password }) {
    await counted(prover, async () => {
      await provePassword(prover, password);
      beginTwoFactor(prover.desk.hub, prover.guest, id);
    });
  },

  async two_factor_confirm(prover, { id, code }) {
    await counted(prover, () => confirmTwoFactor(prover.desk.hub, prover.guest, code, id));
  },

  async two_factor_end(prover, { id, password, code }) {
    const { desk: { hub }, guest } = prover;
    refuseEnd(hub, guest.account);
    await counted(prover, async () => {
      await provePassword(prover, password);
      endTwoFactor(hub, guest, useCode(hub, guest.account, code), id);
    });
  },

  async recovery_codes(prover, { id, password, code }) {
    const { desk: { hub }, guest } = prover;
    refuseIfOff(guest.account);
    await counted(prover, async () => {
      await provePassword(prover, password);
      renewRecoveryCodes(hub, guest, useCode(hub, guest.account, code), id);
    });
  },
};

/** A session's guesses are its own: those of strangers at the account do not hold it off. */
function counted({ desk, guest, address }: Prover, attempt: () => void | Promise<void>): Promise<void> {
  return whileCounted(desk.guessing, { name: guest.account.name, address, loginId: guest.loginId }, attempt);
}

/** Resolves with the hash that the password was verified against. Rejects with `auth_failed`. */
async function provePassword(prover: Prover, password: string): Promise<string | undefined> {
  const { desk: { hub, passwords }, guest, address } = prover;
  const hash = passwordOf(hub, guest.account);
  const isRight = await passwords.verify(password, hash, wanted(guest), address);
  refuseGone(prover);
  if (!isRight || hash !== passwordOf(hub, guest.account)) {
    throw new Refusal("auth_failed", "This is not your password");
  }
  return hash;
}

/** Whether a result is still wanted: nobody hears it on a connection that ends. */
function wanted({ outbox }: Guest): () => boolean {
  return () => !outbox.ending;
}

/** Computing takes a while, in which the session's login may have been ended: then nothing is done for it. */
function refuseGone({ desk, guest }: Prover): void {
  if (isStillIn(desk.hub, guest)) return;
  throw new Refusal("not_authenticated", "This session has ended. Log in again");
}
