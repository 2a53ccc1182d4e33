/** Connections without a session: how many there may be at once, in all and from one network, and how long they may wait. */
import { limits } from "../../shared/protocol/mod.ts";
import type { Clock } from "../../shared/world/mod.ts";
import { networkOf } from "./network.ts";
import { fadesOneEvery, Tallies } from "./tallies.ts";

/** A connection without a session. */
export interface Stranger {
  /** Whether it has waited for so long without asking for a session that it may be closed for others' sake. */
  isSpare(): boolean;
  /** Whether it waits for the answer to such a wish. */
  isAsking(): boolean;
  /** Closes it: it had its time. */
  displace(): void;
  /** Closes it: there are too many. */
  turnAway(): void;
}

export interface StrangerBounds {
  /** Whether there may be only so many; benchmarks lift it. */
  readonly bounded: boolean;
  /** Connections that the machine has room for, strangers or not. */
  readonly connectionsMax: number;
}

/** Networks that are remembered for the connections that they left unused. */
const leaversMax = 10_000;

/** How long such a connection is remembered, in milliseconds, where no others follow. */
const leftFadeMs = 10 * 60 * 1000 / limits.strangersLeft;

export class Strangers {
  readonly #clock: Clock;
  readonly #bounded: boolean;
  /** Beyond these even strangers in earnest are turned away: most of the room is for those who are in. */
  readonly #max: number;
  readonly #maxPerNetwork: number;
  /** Each with its network, the one that came first at the front. */
  readonly #all: Map<Stranger, string> = new Map();
  readonly #byNetwork: Map<string, Set<Stranger>> = new Map();
  readonly #leavers: Tallies = new Tallies(leaversMax, fadesOneEvery(leftFadeMs));

  constructor(clock: Clock, { bounded, connectionsMax }: StrangerBounds) {
    this.#clock = clock;
    this.#bounded = bounded;
    this.#max = Math.min(limits.strangersMax, Math.floor(connectionsMax / 2));
    this.#maxPerNetwork = Math.min(limits.strangersPerNetworkMax, Math.floor(connectionsMax / 4));
  }

  /** How long whoever comes from `address` may take for a first request, in milliseconds. */
  patienceMs(address: string): number {
    const left = this.#leavers.of(networkOf(address), this.#clock.monotonic())?.count ?? 0;
    const isHasty = this.#bounded && left > limits.strangersLeft;
    return isHasty ? limits.hastyAuthenticationMs : limits.firstAuthenticationMs;
  }

  /** Takes somebody in. Where that makes too many, those that wait for nothing make room. */
  add(stranger: Stranger, address: string): void {
    if (!this.#bounded) return;
    const network = networkOf(address);
    this.#all.set(stranger, network);
    const neighbours = this.#byNetwork.get(network) ?? new Set();
    this.#byNetwork.set(network, neighbours.add(stranger));
    this.#makeRoom(neighbours, limits.strangersPerNetwork);
    this.#makeRoom(this.#all, limits.strangers);
    if (neighbours.size > this.#maxPerNetwork) this.#turnAwayOneOf(neighbours);
    if (this.#all.size > this.#max) this.#turnAwayOneOf(this.#fullest());
  }

  /** It has a session now. */
  welcomed(stranger: Stranger): void {
    this.#remove(stranger);
  }

  /** Its connection has ended. */
  ended(stranger: Stranger): void {
    const network = this.#remove(stranger);
    if (network !== undefined) this.#leavers.add(network, this.#clock.monotonic());
  }

  /** To be called about once a second: those who came in earnest, and too many at once, may have ceased to be. */
  sweep(): void {
    if (this.#all.size <= limits.strangersPerNetwork) return;
    for (const neighbours of this.#byNetwork.values()) {
      this.#makeRoom(neighbours, limits.strangersPerNetwork);
    }
    this.#makeRoom(this.#all, limits.strangers);
  }

  #makeRoom(strangers: Pick<ReadonlyMap<Stranger, unknown>, "size" | "keys">, max: number): void {
    if (strangers.size <= max) return;
    for (const stranger of strangers.keys()) {
      if (strangers.size <= max) return;
      if (!stranger.isSpare()) continue;
      this.ended(stranger);
      stranger.displace();
    }
  }

  /** The one that has waited longest without asking for anything; where all ask, the newcomer. */
  #turnAwayOneOf(neighbours: ReadonlySet<Stranger>): void {
    const all = [...neighbours];
    const stranger = all.find((each) => !each.isAsking()) ?? all.at(-1);
    if (stranger === undefined) return;
    this.ended(stranger);
    stranger.turnAway();
  }

  #fullest(): ReadonlySet<Stranger> {
    let fullest: ReadonlySet<Stranger> = new Set();
    for (const neighbours of this.#byNetwork.values()) {
      if (neighbours.size > fullest.size) fullest = neighbours;
    }
    return fullest;
  }

  /** Returns its network, if it was still among the strangers. */
  #remove(stranger: Stranger): string | undefined {
    const network = this.#all.get(stranger);
    if (network === undefined) return undefined;
    this.#all.delete(stranger);
    const neighbours = this.#byNetwork.get(network);
    neighbours?.delete(stranger);
    if (neighbours?.size === 0) this.#byNetwork.delete(network);
    return network;
  }
}
