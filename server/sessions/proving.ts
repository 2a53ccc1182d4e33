/** What a guest may ask only by proving once more who they are, by password or code. */
import { Refusal, type Request } from "../../shared/protocol/mod.ts";
import {
  beginTwoFactor,
  changePassword,
  codeRequired,
  confirmProof,
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
import type { Customer } from "./password_queue.ts";
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
  async change_password(prover, { id, current, password, code }) {
    const { desk: { hub, passwords, guessing }, guest } = prover;
    const { account } = guest;
    await counted(prover, async () => {
      const proven = await provePassword(prover, current);
      // The code is used up last, with the change: what stops this before leaves it good.
      if (account.twoFactor && code === undefined) throw codeRequired();
      if (password === current) {
        throw new Refusal("weak_password", "This is the password that you have now. Choose another one");
      }
      await checkNewPassword(prover.desk, password, account.name, customerOf(prover));
      const hash = await passwords.hash(password, customerOf(prover));
      refuseGone(prover);
      const deviceProof = guessing.proofs.issue(account.name, guest.loginId);
      changePassword(hub, guest, { proven, hash, code, deviceProof }, id);
    });
    guessing.forgive(account.name);
  },

  async prove(prover, { id, password, code }) {
    const { desk: { hub }, guest } = prover;
    await counted(prover, async () => {
      await provePassword(prover, password);
      confirmProof(hub, guest, useCode(hub, guest.account, code), id);
    });
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
  return whileCounted(desk.guessing, { name: guest.account.name, address, lane: guest.loginId }, attempt);
}

/** Resolves with the hash that the password was verified against. Rejects with `auth_failed`. */
async function provePassword(prover: Prover, password: string): Promise<string | undefined> {
  const { desk: { hub, passwords }, guest } = prover;
  const hash = passwordOf(hub, guest.account);
  const isRight = await passwords.verify(password, () => hash, customerOf(prover));
  refuseGone(prover);
  if (!isRight || hash !== passwordOf(hub, guest.account)) {
    throw new Refusal("auth_failed", "This is not your password");
  }
  return hash;
}

/** Nobody hears a result on a connection that ends. */
function customerOf({ guest: { account, outbox }, address }: Prover): Customer {
  return { wanted: () => !outbox.ending, known: account.name, address };
}

/** Computing takes a while, in which the session's login may have been ended: then nothing is done for it. */
function refuseGone({ desk, guest }: Prover): void {
  if (isStillIn(desk.hub, guest)) return;
  throw new Refusal("not_authenticated", "This session has ended. Log in again");
}
