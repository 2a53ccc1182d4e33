import type { World } from "../../shared/world/mod.ts";
import { HashPace } from "./hash_pace.ts";
import { fewestPasses, hashMemoryKib, type HashPasses, measurePasses } from "./hash_passes.ts";
import { readWeakerHash } from "./password_hash.ts";
import { busy, type Customer, type PasswordJob, PasswordQueue, theServer } from "./password_queue.ts";
import type { HashCost, PasswordTask, PasswordTaskResult, Weakness } from "./password_task.ts";
import { PasswordThread } from "./password_thread.ts";

/**
 * Hashes, verifies and judges passwords in threads of their own, with a bounded queue. Everything here rejects with `busy`
 * when there is too much to do for this customer, and when nobody wants it any more.
 */
export class Passwords {
  readonly #world: World;
  readonly #threads: Set<PasswordThread> = new Set();
  readonly #queue: PasswordQueue;
  readonly #threadsMax = Math.min(2, navigator.hardwareConcurrency);
  readonly #pace: HashPace = new HashPace(this.#threadsMax);
  readonly #passes: HashPasses;
  #cost: HashCost | undefined;
  #measuring = false;
  #hashes = 0;

  /** Benchmarks lift the queue's bounds. */
  constructor(world: World, bounded: boolean, passes: HashPasses = fewestPasses) {
    this.#world = world;
    this.#queue = new PasswordQueue(world.clock, bounded);
    this.#passes = passes;
    if (passes.known !== undefined) this.#cost = { memoryKib: hashMemoryKib, passes: passes.known };
  }

  /** How many hashes the threads can do. */
  get hashesPerSecond(): number {
    return this.#pace.perSecond;
  }

  /** The PHC string (argon2id) of a password with a new salt. */
  async hash(password: string, customer?: Customer): Promise<string> {
    return await this.#hash(password, this.#world.chance.bytes(16), customer);
  }

  /**
   * Whether the password has the hash that `findHash` returns when its turn has come. Without one it takes as long, and is
   * false.
   */
  async verify(
    password: string,
    findHash: () => string | undefined,
    customer?: Customer,
  ): Promise<boolean> {
    let possible: string | undefined;
    const task = (cost: HashCost): PasswordTask => {
      const hash = findHash();
      // No account has an empty password, and the hash function takes none: it is verified as nobody's.
      possible = password === "" ? undefined : hash;
      return {
        kind: "verify",
        password: normalize(password) || " ",
        hash: possible ?? nobodysHash(cost),
        filler: possible && readWeakerHash(possible, cost) && nobodysHash(cost),
      };
    };
    return await this.#run(task, customer) === true && possible !== undefined;
  }

  /** A hash as today's are, where `hash`, which was this password's, is weaker. It keeps the salt, and so remains the same password. */
  async strengthened(password: string, hash: string, customer?: Customer): Promise<string | undefined> {
    const weaker = this.#cost && readWeakerHash(hash, this.#cost);
    return weaker && await this.#hash(password, weaker.salt, customer);
  }

  /** What makes a password too easy to guess, if anything; guessers try the `expected` words first. */
  async weaknessOf(
    password: string,
    expected: readonly string[],
    customer?: Customer,
  ): Promise<Weakness | undefined> {
    const task = (): PasswordTask => ({ kind: "judge", password: normalize(password), expected });
    const answer = await this.#run(task, customer);
    return answer === "fine" ? undefined : answer as Weakness;
  }

  /** Ends every thread; whoever waits for one is told `busy`. Logs how many hashes were computed in all. */
  stop(): void {
    for (const thread of this.#threads) thread.end();
    this.#queue.rejectAll(busy());
    this.#world.log.info("password_hashes", { computed: this.#hashes });
  }

  async #hash(password: string, salt: Uint8Array, customer: Customer | undefined): Promise<string> {
    const task = (cost: HashCost): PasswordTask => ({
      kind: "hash",
      password: normalize(password),
      salt,
      cost,
    });
    return String(await this.#run(task, customer));
  }

  #run(
    task: (cost: HashCost) => PasswordTask,
    customer: Customer = theServer,
  ): Promise<PasswordTaskResult> {
    return new Promise((resolve, reject) => {
      if (this.#queue.add({ task, customer, resolve, reject })) this.#work();
    });
  }

  #work(): void {
    if (this.#queue.isEmpty) return;
    if (this.#cost === undefined) return void this.#measure();
    const thread = this.#threads.values().find((each) => !each.busy) ?? this.#newThread();
    const job = thread === undefined ? undefined : this.#queue.next();
    if (thread === undefined || job === undefined) return;
    try {
      this.#begin(thread, job, job.task(this.#cost));
    } catch (error) {
      job.reject(error);
    }
  }

  #begin(thread: PasswordThread, { resolve, reject }: PasswordJob, task: PasswordTask): void {
    if (task.kind !== "judge") this.#hashes++;
    const { clock } = this.#world;
    const beganAt = clock.monotonic();
    const timed = (result: PasswordTaskResult): void => {
      if (isOneHash(task)) this.#pace.took(clock.monotonic() - beganAt);
      resolve(result);
    };
    thread.do(task, { resolve: timed, reject, dropped: () => reject(busy()) }, () => this.#work());
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
      this.#queue.rejectAll(error);
    }
    this.#measuring = false;
    for (let threads = 0; threads < this.#threadsMax; threads++) this.#work();
  }
}

/** Whether it takes as long as one hash of today's does. */
function isOneHash(task: PasswordTask): boolean {
  return task.kind === "hash" || (task.kind === "verify" && task.filler === undefined);
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
