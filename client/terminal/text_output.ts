/** Where bytes go, such as `Deno.stdout`. */
export interface Sink {
  write(bytes: Uint8Array): Promise<number>;
}

/** Text on its way out, in order, without waiting for a slow reader. */
export class TextOutput {
  readonly #sink: Sink;
  readonly #broken = Promise.withResolvers<void>();
  readonly #encoder = new TextEncoder();
  #waiting = "";
  #writing: Promise<void> | undefined;
  #isBroken = false;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  /** Resolves when nobody reads any more, as in `| head -1`. What is written from then on is dropped. */
  get broken(): Promise<void> {
    return this.#broken.promise;
  }

  /** What is written in one turn leaves in one piece, so that no half-drawn screen is seen. */
  write(text: string): void {
    this.#waiting += text;
    this.#writing ??= Promise.resolve().then(() => this.#writeAll());
  }

  /** Resolves when all that was written has left, or never will. */
  async drained(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
  }

  async #writeAll(): Promise<void> {
    try {
      while (this.#waiting !== "" && !this.#isBroken) await this.#writeWaiting();
    } catch {
      // Whatever the reason, nothing can be shown any more, not even the reason.
      this.#isBroken = true;
      this.#broken.resolve();
    }
    this.#waiting = "";
    this.#writing = undefined;
  }

  async #writeWaiting(): Promise<void> {
    const bytes = this.#encoder.encode(this.#waiting);
    this.#waiting = "";
    for (let written = 0; written < bytes.length;) {
      written += await this.#sink.write(bytes.subarray(written));
    }
  }
}
