/** Failed logins by account, network and known device: counted in memory, and kept in the store for the next start. */
import { createHmac } from "node:crypto";
import { Buffer } from "node:buffer";
import { limits } from "../../shared/protocol/mod.ts";
import type { Hub } from "../hub/mod.ts";
import { fadesAfter, fadesOneEvery, Tallies, type Tally } from "./tallies.ts";

const kinds = ["account", "network", "device"] as const;

export type FailureKind = (typeof kinds)[number];

/** Entries of one kind. More than people have; whoever floods it with names drives out those with the fewest failures. */
const tableMax = 10_000;

/** How long an account or a device keeps its failures after the last of them, in milliseconds. */
const memoryMs = 30 * 24 * 60 * 60 * 1000;

/** How long it takes until one failure of a network is forgotten, in milliseconds. */
export const networkFadeMs: number = limits.networkFailuresMs / limits.failuresPerNetwork;

export class FailureTables {
  readonly accounts: Tallies;
  readonly networks: Tallies;
  readonly devices: Tallies;
  readonly #hub: Hub;
  readonly #key: Uint8Array;
  /** What makes wall time of monotonic time: it is fixed here, so that a clock that is set changes no running wait. */
  readonly #epoch: number;

  constructor(hub: Hub) {
    const { store, world: { clock } } = hub;
    this.#hub = hub;
    this.#key = store.derive("failed logins");
    this.#epoch = clock.now() - clock.monotonic();
    const keep = (key: string, tally: Tally | undefined): void => this.#keep(key, tally);
    this.accounts = new Tallies(tableMax, fadesAfter(memoryMs), keep);
    this.networks = new Tallies(tableMax, fadesOneEvery(networkFadeMs), keep);
    this.devices = new Tallies(tableMax, fadesAfter(memoryMs), keep);
    this.#restore();
  }

  /** Names and addresses are known by a keyed hash alone: some name nobody, and none need to be told from the database. */
  keyOf(kind: FailureKind, subject: string): string {
    const digest = createHmac("sha256", this.#key).update(`${kind}\0${subject}`).digest();
    return Buffer.concat([Buffer.of(kinds.indexOf(kind)), digest]).toString("base64url");
  }

  #keep(key: string, tally: Tally | undefined): void {
    const bytes = new Uint8Array(Buffer.from(key, "base64url"));
    this.#hub.journal.add({
      changes: [
        tally === undefined
          ? { kind: "no_failures", key: bytes }
          : { kind: "failures", failures: { key: bytes, count: tally.count, time: this.#timeOf(tally) } },
      ],
      // Memory counts on, whatever the disk does.
      committed: () => {},
      failed: () => {},
    });
  }

  #timeOf({ at }: Tally): number {
    return Math.round(at + this.#epoch);
  }

  #restore(): void {
    const { store, world: { clock } } = this.#hub;
    const now = clock.monotonic();
    const faded = store.people.failures().filter(({ key, count, time }) => {
      // A clock that was set back must not make anybody wait longer.
      const at = Math.min(time - this.#epoch, now);
      const table = this.#tableOf(kinds[key[0] ?? 0] ?? "account");
      return !table.restore(Buffer.from(key).toString("base64url"), { count, at }, now);
    });
    if (faded.length > 0) store.commit(faded.map(({ key }) => ({ kind: "no_failures", key })));
  }

  #tableOf(kind: FailureKind): Tallies {
    return { account: this.accounts, network: this.networks, device: this.devices }[kind];
  }
}
