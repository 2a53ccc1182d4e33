import type { Sink } from "../../server/hub/mod.ts";
import { framesIn } from "./lines.ts";

/** Where an outbox writes in a test: keeps what it gets, and writes as slowly as the test wants. */
export class TestSink implements Sink {
  /** One entry a write, as text. */
  readonly writes: string[] = [];
  /** What became of the connection. */
  end: "open" | "closed" | "aborted" = "open";
  /** While set, writes wait for `release` or `fail`. */
  stalled = false;
  #waiting: PromiseWithResolvers<void> | undefined;
  #written = Promise.withResolvers<void>();

  async write(bytes: Uint8Array): Promise<number> {
    this.writes.push(new TextDecoder().decode(bytes));
    this.#written.resolve();
    this.#written = Promise.withResolvers();
    if (this.stalled) {
      this.#waiting = Promise.withResolvers();
      await this.#waiting.promise;
    }
    return bytes.length;
  }

  close(): void {
    this.end = "closed";
  }

  abort(): void {
    this.end = "aborted";
    this.#waiting?.reject(new Deno.errors.Interrupted("aborted"));
  }

  /** Lets the write under way finish, and those that follow. */
  release(): void {
    this.stalled = false;
    this.#waiting?.resolve();
  }

  fail(): void {
    this.#waiting?.reject(new Deno.errors.BrokenPipe("gone"));
  }

  /** Resolves when so many frames have been written. */
  async holds(count: number): Promise<void> {
    while (this.frames.length < count) await this.#written.promise;
  }

  // deno-lint-ignore no-explicit-any -- tests look into frames of any shape
  get frames(): any[] {
    return framesIn(new TextEncoder().encode(this.writes.join("")));
  }
}

/** Resolves when everything that has been set going in this turn, and its consequences, has run. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
