import { Refusal } from "../../shared/protocol/mod.ts";
import type { Cancel, World } from "../../shared/world/mod.ts";
import { normalizePassword } from "./password_rules.ts";
import type { PasswordTask, PasswordTaskResult } from "./password_task.ts";

/** Tasks that may wait, and for how long, in milliseconds, before they are answered `busy`. */
const queueMax = 64;
const waitMsMax = 3_000;
/** A thread that has had nothing to do for this long ends, in milliseconds. */
const idleMs = 30_000;
/** Jobs of one thread: each leaves 19 MiB behind that V8 is in no hurry to collect, and a thread's end frees them all. */
const jobsMax = 8;

/** Verified in place of the hash of a name that does not exist, so that time tells nothing. */
const nobodysHash =
  "$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

/** Whether anybody still waits for the result: who has left shall cost nothing. */
export type Wanted = () => boolean;

const always: Wanted = () => true;

interface Job {
  readonly task: PasswordTask;
  readonly wanted: Wanted;
  readonly queuedAt: number;
  resolve(result: PasswordTaskResult): void;
  reject(error: unknown): void;
}

/** Hashes and verifies passwords in threads of their own, with a bounded queue. */
export class Passwords {
  readonly #world: World;
  /** Whether a full queue refuses; benchmarks lift it. */
  readonly #bounded: boolean;
  readonly #threads: Set<Thread> = new Set();
  readonly #queue: Job[] = [];
  readonly #threadsMax = Math.min(2, navigator.hardwareConcurrency);

  constructor(world: World, bounded: boolean) {
    this.#world = world;
    this.#bounded = bounded;
  }

  /** The PHC string (argon2id) of a password with a new salt. Throws `busy`. */
  async hash(password: string, wanted: Wanted = always): Promise<string> {
    const salt = this.#world.chance.bytes(16);
    return String(await this.#run({ kind: "hash", password: normalizePassword(password), salt }, wanted));
  }

  /** Whether the password has this hash. Without a hash it takes as long and is false. Throws `busy`. */
  async verify(password: string, hash: string | undefined, wanted: Wanted = always): Promise<boolean> {
    // No account has an empty password, and the hash function takes none: it is verified as nobody's.
    const possible = password === "" ? undefined : hash;
    const task: PasswordTask = {
      kind: "verify",
      password: normalizePassword(password) || " ",
      hash: possible ?? nobodysHash,
    };
    return await this.#run(task, wanted) === true && possible !== undefined;
  }

  /** Ends every thread; whoever waits for one is told `busy`. */
  stop(): void {
    for (const thread of this.#threads) thread.end();
    for (const job of this.#queue.splice(0)) job.reject(busy());
  }

  #run(task: PasswordTask, wanted: Wanted): Promise<PasswordTaskResult> {
    if (this.#bounded && this.#queue.length >= queueMax) return Promise.reject(busy());
    return new Promise((resolve, reject) => {
      this.#queue.push({ task, wanted, queuedAt: this.#world.clock.monotonic(), resolve, reject });
      this.#work();
    });
  }

  #work(): void {
    if (this.#queue.length === 0) return;
    const thread = this.#threads.values().find((each) => !each.busy) ?? this.#newThread();
    const job = thread === undefined ? undefined : this.#nextJob();
    if (thread === undefined || job === undefined) return;
    thread.do(job, () => this.#work());
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

  #newThread(): Thread | undefined {
    if (this.#threads.size >= this.#threadsMax) return undefined;
    const thread = new Thread(this.#world, () => this.#threads.delete(thread));
    this.#threads.add(thread);
    return thread;
  }
}

function busy(): Refusal {
  return new Refusal("busy", "Too many people are logging in right now. Try again in a moment", {
    retryAfterMs: 1_000,
  });
}

/** One worker with at most one job. */
class Thread {
  readonly #world: World;
  readonly #worker: Worker;
  readonly #ended: () => void;
  #job: Job | undefined;
  #jobsLeft = jobsMax;
  #idle: Cancel | undefined;

  constructor(world: World, ended: () => void) {
    this.#world = world;
    this.#ended = ended;
    // A bundle has the worker beside its chunks, the sources beside this file.
    const file = import.meta.url.endsWith(".ts") ? "./password_worker.ts" : "./password_worker.js";
    this.#worker = new Worker(new URL(file, import.meta.url), { type: "module" });
  }

  get busy(): boolean {
    return this.#job !== undefined;
  }

  do(job: Job, done: () => void): void {
    this.#idle?.();
    this.#job = job;
    this.#worker.onmessage = ({ data }: MessageEvent<PasswordTaskResult>) => {
      this.#rest();
      job.resolve(data);
      done();
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      job.reject(new Error(`The hashing thread failed: ${event.message}`));
      this.end();
      done();
    };
    this.#worker.postMessage(job.task);
  }

  end(): void {
    this.#idle?.();
    this.#worker.terminate();
    this.#ended();
    this.#job?.reject(busy());
  }

  #rest(): void {
    this.#job = undefined;
    if (--this.#jobsLeft === 0) return this.end();
    this.#idle = this.#world.clock.after(idleMs, () => this.end());
  }
}
