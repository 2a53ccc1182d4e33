/** What waits for a hashing thread: in two lanes, so that strangers who guess do not keep known people waiting. */
import { Refusal } from "../../shared/protocol/mod.ts";
import type { Clock } from "../../shared/world/mod.ts";
import { networkOf } from "./network.ts";
import type { HashCost, PasswordTask, PasswordTaskResult } from "./password_task.ts";

/** Jobs of one lane that may wait, and for how long, in milliseconds, before they are answered `busy`. */
const laneMax = 64, waitMsMax = 3_000;

/** Jobs of one network that may wait: about a second's work, so that nobody fills the lane for everybody. */
const jobsPerNetwork = 8;

/** Jobs of one account that is known: whoever has many sessions gains nothing. */
const jobsPerAccount = 2;

/** For whom something is computed. */
export interface Customer {
  /** Whether anybody still waits for the result: who has left shall cost nothing. */
  wanted(): boolean;
  /** The account that it is done for, where an open session, a known device or a reset link has shown who it is. */
  readonly known?: string | undefined;
  /** Where the wish comes from. */
  readonly address?: string | undefined;
}

/** The server itself, which is served like those who are known. */
export const theServer: Customer = { wanted: () => true };

export interface PasswordJob {
  /** Made when its turn comes: whoever is refused sooner shall not learn by the time whether there was anything to look up. */
  readonly task: (cost: HashCost) => PasswordTask;
  readonly customer: Customer;
  resolve(result: PasswordTaskResult): void;
  reject(error: unknown): void;
}

interface Waiting extends PasswordJob {
  /** The account or the network. */
  readonly whose: string;
  readonly since: number;
}

export class PasswordQueue {
  readonly #clock: Clock;
  /** Whether a full lane refuses; benchmarks lift it. */
  readonly #bounded: boolean;
  /** Served first. */
  readonly #known: Waiting[] = [];
  readonly #strangers: Waiting[] = [];

  constructor(clock: Clock, bounded: boolean) {
    this.#clock = clock;
    this.#bounded = bounded;
  }

  get isEmpty(): boolean {
    return this.#known.length + this.#strangers.length === 0;
  }

  /** Rejects the job with `busy` where too many wait. Returns whether it waits now. */
  add(job: PasswordJob): boolean {
    const { known, address } = job.customer;
    const isStranger = known === undefined && address !== undefined;
    const lane = isStranger ? this.#strangers : this.#known;
    const whose = known ?? (address === undefined ? "" : networkOf(address));
    if (this.#bounded && isFull(lane, whose, isStranger ? jobsPerNetwork : jobsPerAccount)) {
      job.reject(busy());
      return false;
    }
    lane.push({ ...job, whose, since: this.#clock.monotonic() });
    return true;
  }

  /** The next job that somebody still wants; those for which it is too late are rejected. */
  next(): PasswordJob | undefined {
    for (;;) {
      const job = this.#known.shift() ?? this.#strangers.shift();
      if (job === undefined) return undefined;
      const inTime = !this.#bounded || this.#clock.monotonic() - job.since <= waitMsMax;
      if (inTime && job.customer.wanted()) return job;
      job.reject(busy());
    }
  }

  rejectAll(error: unknown): void {
    for (const job of [...this.#known.splice(0), ...this.#strangers.splice(0)]) job.reject(error);
  }
}

function isFull(lane: readonly Waiting[], whose: string, max: number): boolean {
  if (lane.length >= laneMax) return true;
  return whose !== "" && lane.filter((job) => job.whose === whose).length >= max;
}

export function busy(): Refusal {
  return new Refusal("busy", "Too many people are logging in right now. Try again in a moment", {
    retryAfterMs: 1_000,
  });
}
