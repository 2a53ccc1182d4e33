import type { Cancel, Clock, Log } from "../../shared/world/mod.ts";
import type { Picture } from "./picture.ts";
import type { PreviewTask } from "./preview_task.ts";

type Preview = Uint8Array | undefined;

/** A larger content gets no preview, in bytes. */
const contentBytesMax = 32 * 1024 * 1024;

/** What takes longer is given up, in milliseconds. */
const workMsMax = 20_000;

/** A thread that has had nothing to do for so long ends, in milliseconds. */
const idleMs = 30_000;

/** When so many wait, the next one gets none. */
const waitingMax = 16;

/** Makes small pictures, one after the other, in a thread of its own. */
export class Previews {
  readonly #clock: Clock;
  readonly #log: Log;
  #worker: Worker | undefined;
  #idle: Cancel = () => {};
  #giveUp: () => void = () => {};
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #stopped = false;

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  /**
   * A JPEG of a picture of `size` bytes, which `load` reads when its turn has come; undefined where it is too large, damaged,
   * takes too long, or many others wait. Rejects only as `load` does.
   */
  async make(
    picture: Picture,
    size: number,
    load: () => Promise<Uint8Array<ArrayBuffer>>,
  ): Promise<Preview> {
    const isReadable = picture.format === "jpeg" || picture.format === "png";
    if (!isReadable || size > contentBytesMax || this.#waiting >= waitingMax) return undefined;
    this.#waiting++;
    const made = this.#last.then(async () => this.#work({ content: await load(), picture }));
    this.#last = made.catch(() => {}); // whoever asked for that one is told
    try {
      return await made;
    } finally {
      this.#waiting--;
    }
  }

  /** What is under way is given up, and nothing more is made. */
  stop(): void {
    this.#stopped = true;
    this.#giveUp();
    this.#endWorker();
  }

  async #work(task: PreviewTask): Promise<Preview> {
    if (this.#stopped) return undefined;
    this.#idle();
    const worker = this.#worker ??= startWorker();
    const { promise, resolve } = Promise.withResolvers<Preview>();
    this.#giveUp = () => resolve(undefined);
    const failed = (reason: string) => {
      this.#log.warn("preview_given_up", { reason });
      this.#endWorker();
      resolve(undefined);
    };
    const tooLate = this.#clock.after(workMsMax, () => failed("it took too long"));
    // A thread that answers with nothing is heard to answer with null.
    worker.onmessage = ({ data }: MessageEvent<Preview | null>) => resolve(data ?? undefined);
    worker.onerror = (event) => {
      event.preventDefault();
      failed(event.message);
    };
    worker.postMessage(task, [task.content.buffer]);
    const preview = await promise;
    tooLate();
    if (this.#worker !== undefined) this.#idle = this.#clock.after(idleMs, () => this.#endWorker());
    return preview;
  }

  #endWorker(): void {
    this.#idle();
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}

function startWorker(): Worker {
  // A bundle has the worker beside its chunks, the sources beside this file.
  const file = import.meta.url.endsWith(".ts") ? "./preview_worker.ts" : "./preview_worker.js";
  return new Worker(new URL(file, import.meta.url), { type: "module" });
}
