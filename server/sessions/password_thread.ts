import type { Cancel, World } from "../../shared/world/mod.ts";
import type { PasswordTask, PasswordTaskResult } from "./password_task.ts";

/** A thread that has had nothing to do for this long ends, in milliseconds. */
const idleMs = 30_000;
/**
 * Tasks of one thread. Where it cannot collect the 19 MiB that each leaves behind, its end frees them all; but to begin
 * another holds up whoever begins it for a twentieth of a second, and with it the whole server.
 */
const tasksMax = "gc" in globalThis ? Infinity : 8;

/** What becomes of a task. Exactly one of these is called. */
export interface Outcome {
  resolve(result: PasswordTaskResult): void;
  reject(error: unknown): void;
  /** The thread was ended meanwhile. */
  dropped(): void;
}

/** One worker with at most one task. */
export class PasswordThread {
  readonly #world: World;
  readonly #worker: Worker;
  readonly #ended: () => void;
  #outcome: Outcome | undefined;
  #tasksLeft = tasksMax;
  #idle: Cancel | undefined;

  constructor(world: World, ended: () => void) {
    this.#world = world;
    this.#ended = ended;
    // A bundle has the worker beside its chunks, the sources beside this file.
    const file = import.meta.url.endsWith(".ts") ? "./password_worker.ts" : "./password_worker.js";
    this.#worker = new Worker(new URL(file, import.meta.url), { type: "module" });
  }

  get busy(): boolean {
    return this.#outcome !== undefined;
  }

  /** `done` is called when there may be another task, for this thread or for a new one. */
  do(task: PasswordTask, outcome: Outcome, done: () => void): void {
    this.#idle?.();
    this.#outcome = outcome;
    this.#worker.onmessage = ({ data }: MessageEvent<PasswordTaskResult>) => {
      this.#rest();
      outcome.resolve(data);
      done();
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#outcome = undefined;
      this.end();
      outcome.reject(new Error(`The hashing thread failed: ${event.message}`));
      done();
    };
    this.#worker.postMessage(task);
  }

  end(): void {
    this.#idle?.();
    this.#worker.terminate();
    this.#ended();
    this.#outcome?.dropped();
  }

  #rest(): void {
    this.#outcome = undefined;
    if (--this.#tasksLeft === 0) return this.end();
    this.#idle = this.#world.clock.after(idleMs, () => this.end());
  }
}
