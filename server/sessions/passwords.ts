import { Refusal } from "../../shared/protocol/mod.ts";
import type { World } from "../../shared/world/mod.ts";
import { fewestPasses, hashMemoryKib, type HashPasses, measurePasses } from "./hash_passes.ts";
import { networkOf } from "./network.ts";
import { readWeakerHash } from "./password_hash.ts";
import type { HashCost, PasswordTask, PasswordTaskResult, Weakness } from "./password_task.ts";
import { PasswordThread } from "./password_thread.ts";

/** Tasks that may wait, and for how long, in milliseconds, before they are answered `busy`. */
const queueMax = 64;
const waitMsMax = 3_000;

/** Tasks of one network that may wait: about a second's work, so that nobody fills the queue for everybody. */
const queueMaxPerNetwork = 8;

/** Whether anybody still waits for the result: who has left shall cost nothing. */
export type Wanted = () => boolean;

const always: Wanted = () => true;

interface Job {
  /** Made when its turn comes: how much a hash costs may be found out meanwhile. */
  readonly task: (cost: HashCost) => PasswordTask;
  readonly wanted: Wanted;
  readonly network: string | undefined;
  readonly queuedAt: number;
  resolve(result: PasswordTaskResult): void;
  reject(error: unknown): void;
}

/**
 * Hashes, verifies and judges passwords in threads of their own, with a bounded queue. Everything here rejects with `busy`
 * when there is too much to do, and when nobody is `wanted` any more; `address` is where the wish comes from, if it does.
 */
export class Passwords {
  readonly #world: World;
  /** Whether a full queue refuses; benchmarks lift it. */
  readonly #bounded: boolean;
  readonly #threads: Set<PasswordThread> = new Set();
  readonly #queue: Job[] = [];
  readonly #threadsMax = Math.min(2, navigator.hardwareConcurrency);
  readonly #passes: HashPasses;
  #cost: HashCost | undefined;
  #measuring = false;
  #hashes = 0;

  constructor(world: World, bounded: boolean, passes: HashPasses = fewestPasses) {
    this.#world = world;
    this.#bounded = bounded;
    this.#passes = passes;
    if (passes.known !== undefined) this.#cost = { memoryKib: hashMemoryKib, passes: passes.known };
  }

  /** The PHC string (argon2id) of a password with a new salt. */
  async hash(password: string, wanted?: Wanted, address?: string): Promise<string> {
    return await this.#hash(password, this.#world.chance.bytes(16), wanted, address);
  }

  /** Whether the password has this hash. Without a hash it takes as long and is false. */
  async verify(
    password: string,
    hash: string | undefined,
    wanted?: Wanted,
    address?: string,
  ): Promise<boolean> {
    // No account has an empty password, and the hash function takes none: it is verified as nobody's.
    const possible = password === "" ? undefined : hash;
    const task = (cost: HashCost): PasswordTask => ({
      kind: "verify",
      password: normalize(password) || " ",
      hash: possible ?? nobodysHash(cost),
      filler: possible && readWeakerHash(possible, cost) && nobodysHash(cost),
    });
    return await this.#run(task, wanted, address) === true && possible !== undefined;
  }

  /** A hash as today's are, where `hash`, which was this password's, is weaker. It keeps the salt, and so remains the same password. */
  async strengthened(
    password: string,
    hash: string,
    wanted?: Wanted,
    address?: string,
  ): Promise<string | undefined> {
    const weaker = this.#cost && readWeakerHash(hash, this.#cost);
    return weaker && await this.#hash(password, weaker.salt, wanted, address);
  }

  /** What makes a password too easy to guess, if anything; guessers try the `expected` words first. */
  async weaknessOf(
    password: string,
    expected: readonly string[],
    wanted?: Wanted,
    address?: string,
  ): Promise<Weakness | undefined> {
    const task = (): PasswordTask => ({ kind: "judge", password: normalize(password), expected });
    const answer = await this.#run(task, wanted, address);
    return answer === "fine" ? undefined : answer as Weakness;
  }

  /** Ends every thread; whoever waits for one is told `busy`. Logs how many hashes were computed in all. */
  stop(): void {
    for (const thread of this.#threads) thread.end();
    for (const job of this.#queue.splice(0)) job.reject(busy());
    this.#world.log.info("password_hashes", { computed: this.#hashes });
  }

  async #hash(
    password: string,
    salt: Uint8Array,
    wanted: Wanted | undefined,
    address: string | undefined,
  ): Promise<string> {
    const task = (cost: HashCost): PasswordTask => ({
      kind: "hash",
      password: normalize(password),
      salt,
      cost,
    });
    return String(await this.#run(task, wanted, address));
  }

  #run(
    task: (cost: HashCost) => PasswordTask,
    wanted: Wanted = always,
    address?: string,
  ): Promise<PasswordTaskResult> {
    const network = address === undefined ? undefined : networkOf(address);
    if (this.#bounded && this.#isFullFor(network)) return Promise.reject(busy());
    return new Promise((resolve, reject) => {
      this.#queue.push({
        task,
        wanted,
        network,
        queuedAt: this.#world.clock.monotonic(),
        resolve,
        reject,
      });
      this.#work();
    });
  }

  #isFullFor(network: string | undefined): boolean {
    if (this.#queue.length >= queueMax) return true;
    if (network === undefined) return false;
    return this.#queue.filter((job) => job.network === network).length >= queueMaxPerNetwork;
  }

  #work(): void {
    if (this.#queue.length === 0) return;
    if (this.#cost === undefined) return void this.#measure();
    const thread = this.#threads.values().find((each) => !each.busy) ?? this.#newThread();
    const job = thread === undefined ? undefined : this.#nextJob();
    if (thread === undefined || job === undefined) return;
    const task = job.task(this.#cost);
    if (task.kind !== "judge") this.#hashes++;
    const { resolve, reject } = job;
    thread.do(task, { resolve, reject, dropped: () => reject(busy()) }, () => this.#work());
  }

  #nextJob(): Job | undefined {
    for (;;) {
      const job = this.#queue.shift();
      if (job === undefined) return undefined;
      const inTime = !this.#bounded || this.#world.clock.monotonic() - job.queuedAt <= waitMsMax;
      if (inTime && job.wanted()) return job;
      job.reject(busy());
    }
  }

  #newThread(): PasswordThread | undefined {
    if (this.#threads.size >= this.#threadsMax) return undefined;
    const thread = new PasswordThread(this.#world, () => this.#threads.delete(thread));
    this.#threads.add(thread);
    return thread;
  }

  /** While it is found out what a hash may cost, jobs wait: others at the same time would falsify it. */
  async #measure(): Promise<void> {
    if (this.#measuring) return;
    this.#measuring = true;
    const thread = this.#newThread();
    if (thread === undefined) return;
    const salt = this.#world.chance.bytes(16);
    const hashWith = (passes: number): Promise<unknown> =>
      new Promise<unknown>((resolve, reject) => {
        const cost = { memoryKib: hashMemoryKib, passes };
        const dropped = (): void => reject(busy());
        thread.do({ kind: "hash", password: "measured", salt, cost }, { resolve, reject, dropped }, () => {});
      });
    try {
      const passes = await measurePasses(hashWith, this.#world.clock);
      this.#cost = { memoryKib: hashMemoryKib, passes };
      this.#passes.keep(passes);
    } catch (error) {
      for (const job of this.#queue.splice(0)) job.reject(error);
    }
    this.#measuring = false;
    for (let threads = 0; threads < this.#threadsMax; threads++) this.#work();
  }
}

/** A password as it is hashed: NFC, so that it does not depend on the keyboard (NIST SP 800-63B-4, section 3.1.1.2). */
function normalize(password: string): string {
  return password.normalize("NFC");
}

/** Verified in place of the hash of a name that does not exist, so that time tells nothing. No password has it. */
function nobodysHash({ memoryKib, passes }: HashCost): string {
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=1$AAECAwQFBgcICQoLDA0ODw$` +
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
}

function busy(): Refusal {
  return new Refusal("busy", "Too many people are logging in right now. Try again in a moment", {
    retryAfterMs: 1_000,
  });
}
