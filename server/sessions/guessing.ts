/**
 * Holds off whoever guesses passwords, codes and secrets: by network, by account, and all together. An attempt counts as
 * failed from its beginning, so that many at once gain nothing, and what was counted outlives a restart.
 */
import { limits, Refusal } from "../../shared/protocol/mod.ts";
import type { Hub } from "../hub/mod.ts";
import { DeviceProofs } from "./device_proof.ts";
import { FailureRate } from "./failure_rate.ts";
import { FailureTables, networkFadeMs } from "./failure_tables.ts";
import { networkOf } from "./network.ts";
import type { Tally } from "./tallies.ts";

/** Who tries to get in, and into which account. */
export interface Guess {
  /** The account's name as it was given, whether there is one or not; none where a secret is tried that names nobody. */
  readonly name?: string | undefined;
  /** The address that the connection comes from. */
  readonly address: string;
  /** From an earlier login on the same device: it has a lane of its own. */
  readonly deviceProof?: string | undefined;
  /** The login of a session that is open, or the secret of a reset link that is good: known as a device is. */
  readonly lane?: string | undefined;
}

/** One attempt, counted as failed unless one of its functions is called, once. */
export interface Attempt {
  /** The account, where a device or a session of it makes the attempt. */
  readonly known: string | undefined;
  /** All factors were right: the account's failures are forgotten. */
  succeeded(): void;
  /** No guess was looked at, but there was work with it: it counts for the address alone. */
  turnedAway(): void;
  /** It came to nothing, like a login that stopped before its code. */
  abandoned(): void;
}

/** Failures of all who are unknown that even the slowest machine allows a second. */
const failuresPerSecondMin = 1;

const nothing = (): void => {};

const uncounted: Attempt = {
  known: undefined,
  succeeded: nothing,
  turnedAway: nothing,
  abandoned: nothing,
};

/** How a login may have ended so that its device is known no more: whoever has it may be somebody else. */
const distrusted: ReadonlySet<string | undefined> = new Set(["revoked", "token_reused", "password_changed"]);

export class Guessing {
  readonly proofs: DeviceProofs;
  readonly #hub: Hub;
  /** Whether anybody is held off; benchmarks lift it. */
  readonly #bounded: boolean;
  readonly #failures: FailureTables;
  readonly #together: FailureRate = new FailureRate();
  readonly #hashesPerSecond: () => number;

  /** `hashesPerSecond` is how many the threads can do: at most half of them are for those who are not known. */
  constructor(hub: Hub, bounded: boolean, hashesPerSecond: () => number) {
    this.#hub = hub;
    this.#bounded = bounded;
    this.#hashesPerSecond = hashesPerSecond;
    this.proofs = new DeviceProofs(hub.store.derive("known devices"));
    this.#failures = new FailureTables(hub);
  }

  /** Throws `rate_limited` with the time to wait, in the same words whether there is such an account or not. */
  begin({ name: given, address, deviceProof, lane }: Guess): Attempt {
    if (!this.#bounded) return uncounted;
    const name = given && foldName(given);
    const device = lane ?? (deviceProof && name && this.#deviceOf(deviceProof, name));
    return device && name ? this.#beginKnown(name, device) : this.#beginUnknown(name, networkOf(address));
  }

  /** The account's failures are forgotten: its password was changed by somebody who may. */
  forgive(name: string): void {
    this.#failures.accounts.delete(this.#failures.keyOf("account", foldName(name)));
  }

  /** Nothing is looked up before the proof is known to be one of ours. */
  #deviceOf(proof: string, name: string): string | undefined {
    const loginId = this.proofs.loginOf(proof, name);
    const login = loginId === undefined ? undefined : this.#hub.records.logins.get(loginId);
    return login === undefined || distrusted.has(login.ended) ? undefined : loginId;
  }

  /** A known device is held to its own failures alone, and its success says nothing about those of strangers. */
  #beginKnown(known: string, device: string): Attempt {
    const now = this.#now();
    const { devices } = this.#failures;
    const key = this.#failures.keyOf("device", device);
    refuseFor(delayOf(devices.of(key, now), now));
    const takeBack = devices.add(key, now);
    const abandoned = (): void => takeBack(this.#now());
    return {
      known,
      succeeded: () => devices.delete(key),
      turnedAway: abandoned,
      abandoned,
    };
  }

  #beginUnknown(name: string | undefined, network: string): Attempt {
    const now = this.#now();
    const { networks } = this.#failures;
    const key = this.#failures.keyOf("network", network);
    refuseFor(waitFor(networks.of(key, now), limits.failuresPerNetwork, networkFadeMs, now));
    const inAccount = name === undefined ? undefined : this.#beginGuess(name);
    const takeBack = networks.add(key, now);
    const abandoned = (): void => {
      takeBack(this.#now());
      inAccount?.takeBack();
    };
    return {
      known: undefined,
      succeeded: () => {
        abandoned();
        inAccount?.forget();
      },
      turnedAway: () => inAccount?.takeBack(),
      abandoned,
    };
  }

  /** A guess at one account, which takes a hash. */
  #beginGuess(name: string): { takeBack(): void; forget(): void } {
    const now = this.#now();
    const { accounts } = this.#failures;
    const key = this.#failures.keyOf("account", name);
    refuseFor(delayOf(accounts.of(key, now), now));
    refuseFor(this.#together.waitMs(this.#failuresPerSecond(), now));
    const takeBack = accounts.add(key, now);
    this.#together.add();
    return {
      takeBack: () => {
        takeBack(this.#now());
        this.#together.takeBack();
      },
      forget: () => accounts.delete(key),
    };
  }

  #failuresPerSecond(): number {
    return Math.min(Math.max(this.#hashesPerSecond() / 2, failuresPerSecondMin), limits.failuresPerSecond);
  }

  #now(): number {
    return this.#hub.world.clock.monotonic();
  }
}

/** Names are ASCII: a letter that only folds into one (the Kelvin sign into k) makes another name. */
export function foldName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** How long until there is room for one more under a tally that fades one by one, in milliseconds; 0 if there is. */
function waitFor(tally: Tally | undefined, max: number, fadeMs: number, now: number): number {
  if (tally === undefined || tally.count < max) return 0;
  return tally.at + (tally.count - max + 1) * fadeMs - now;
}

/**
 * Five failures are free; from then on each doubles the wait. After so many that waiting helps no more, it is the longest
 * wait for good.
 */
function delayOf(tally: Tally | undefined, now: number): number {
  if (tally === undefined || tally.count < limits.failuresFree) return 0;
  if (tally.count >= limits.failuresPerAccount) return limits.failureDelayMsMax;
  const delayMs = Math.min(1_000 * 2 ** (tally.count - limits.failuresFree), limits.failureDelayMsMax);
  return Math.max(0, tally.at + delayMs - now);
}

function refuseFor(waitMs: number): void {
  if (waitMs <= 0) return;
  throw new Refusal(
    "rate_limited",
    "Too many failed logins. Wait, use a device that was logged in before, or ask the server's owner for a reset link",
    { retryAfterMs: Math.ceil(waitMs) },
  );
}
