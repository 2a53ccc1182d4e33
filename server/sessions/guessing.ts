/**
 * Holds off whoever guesses passwords, codes and secrets: by network, by account, and all together. An attempt counts as
 * failed from its beginning, so that many at once gain nothing, and what was counted outlives a restart.
 */
import { limits, Refusal } from "../../shared/protocol/mod.ts";
import type { Hub } from "../hub/mod.ts";
import { DeviceProofs } from "./device_proof.ts";
import { FailureTables, networkFadeMs } from "./failure_tables.ts";
import { networkOf } from "./network.ts";
import { fadesOneEvery, Tallies, type Tally } from "./tallies.ts";

/** Who tries to get in, and into which account. */
export interface Guess {
  /** The account's name as it was given, whether there is one or not; none where a secret is tried that names nobody. */
  readonly name?: string | undefined;
  /** The address that the connection comes from. */
  readonly address: string;
  /** From an earlier login on the same device: it has a lane of its own. */
  readonly deviceProof?: string | undefined;
  /** The login of a session that is open: it is known as a device is. */
  readonly loginId?: string | undefined;
}

/** One attempt, counted as failed until it is told otherwise. Exactly one of these is to be called. */
export interface Attempt {
  /** All factors were right: the account's failures are forgotten. */
  succeeded(): void;
  failed(): void;
  /** It came to nothing, like a login that stopped before its code. */
  abandoned(): void;
}

/** The key of the one tally of failures of unknown devices all together. */
const everybody = "";

/** No account has this id. */
const nobody = 0;

const uncounted: Attempt = { succeeded: () => {}, failed: () => {}, abandoned: () => {} };

export class Guessing {
  readonly proofs: DeviceProofs;
  readonly #hub: Hub;
  /** Whether anybody is held off; benchmarks lift it. */
  readonly #bounded: boolean;
  readonly #failures: FailureTables;
  readonly #together: Tallies = new Tallies(1, fadesOneEvery(1_000 / limits.failuresPerSecond));

  constructor(hub: Hub, bounded: boolean) {
    this.#hub = hub;
    this.#bounded = bounded;
    this.proofs = new DeviceProofs(hub.store.derive("known devices"), hub.world.chance);
    this.#failures = new FailureTables(hub);
  }

  /** Throws `rate_limited` with the time to wait, in the same words whether there is such an account or not. */
  begin({ name: given, address, deviceProof, loginId }: Guess): Attempt {
    if (!this.#bounded) return uncounted;
    const name = given && foldName(given);
    const device = loginId ?? (deviceProof && name && this.#deviceOf(deviceProof, name));
    return device ? this.#beginKnown(device) : this.#beginUnknown(name, networkOf(address));
  }

  /** The account's failures are forgotten: its password was changed by somebody who may. */
  forgive(name: string): void {
    this.#failures.accounts.delete(this.#failures.keyOf("account", foldName(name)));
  }

  #deviceOf(proof: string, name: string): string | undefined {
    const accountId = this.#hub.accounts.named(name)?.id ?? nobody;
    // For a name that does not exist the same is done as for one that does: time must not tell.
    const hash = this.#hub.records.passwords.get(accountId) ?? "";
    const device = this.proofs.deviceOf(proof, name, hash);
    return accountId === nobody ? undefined : device;
  }

  /** A known device is held to its own failures alone, and its success says nothing about those of strangers. */
  #beginKnown(device: string): Attempt {
    const now = this.#now();
    const { devices } = this.#failures;
    const key = this.#failures.keyOf("device", device);
    refuseFor(delayOf(devices.of(key, now), now));
    const takeBack = devices.add(key, now);
    return {
      succeeded: () => devices.delete(key),
      failed: () => {},
      abandoned: () => takeBack(this.#now()),
    };
  }

  #beginUnknown(name: string | undefined, network: string): Attempt {
    const now = this.#now();
    const { accounts, networks } = this.#failures;
    const networkKey = this.#failures.keyOf("network", network);
    const accountKey = name === undefined ? undefined : this.#failures.keyOf("account", name);
    refuseFor(waitFor(networks.of(networkKey, now), limits.failuresPerNetwork, networkFadeMs, now));
    if (accountKey !== undefined) refuseFor(unknownDelayOf(accounts.of(accountKey, now), now));
    const together = this.#together.of(everybody, now);
    refuseFor(waitFor(together, 2 * limits.failuresPerSecond, 1_000 / limits.failuresPerSecond, now));
    const takeBackAll = [networks.add(networkKey, now), this.#together.add(everybody, now)];
    if (accountKey !== undefined) takeBackAll.push(accounts.add(accountKey, now));
    const abandoned = (): void => takeBackAll.forEach((takeBack) => takeBack(this.#now()));
    return {
      succeeded: () => {
        abandoned();
        if (accountKey !== undefined) accounts.delete(accountKey);
      },
      failed: () => {},
      abandoned,
    };
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

/** Five failures are free; from then on each doubles the wait. */
function delayOf(tally: Tally | undefined, now: number): number {
  if (tally === undefined || tally.count < limits.failuresFree) return 0;
  const delayMs = Math.min(1_000 * 2 ** (tally.count - limits.failuresFree), limits.failureDelayMsMax);
  return Math.max(0, tally.at + delayMs - now);
}

/** After so many failures that waiting helps no more, unknown devices stay out. */
function unknownDelayOf(tally: Tally | undefined, now: number): number {
  if (tally !== undefined && tally.count >= limits.failuresPerAccount) return limits.failureDelayMsMax;
  return delayOf(tally, now);
}

function refuseFor(waitMs: number): void {
  if (waitMs <= 0) return;
  throw new Refusal(
    "rate_limited",
    "Too many failed logins. Wait, use a device that was logged in before, or ask the server's owner for a reset link",
    { retryAfterMs: Math.ceil(waitMs) },
  );
}
