import {
  decodeServerFrame,
  encode,
  errorFrame,
  Refusal,
  type ServerFrame,
  toBytes,
} from "../protocol/mod.ts";
import type { Backing, Hearer, Line } from "./backing.ts";

/** A few requests on a line of their own, one after the other, for somebody who does not stay. */
export class Errand implements Hearer {
  readonly #line: Line;
  #answer: PromiseWithResolvers<ServerFrame> | undefined;
  #asked = 0;
  #end: Refusal | undefined;

  /** `address` is where whoever is behind it is. */
  constructor(backing: Backing, address: string) {
    this.#line = backing.open(this, address);
  }

  /**
   * Resolves with the answer to a request, which is given without its `id`. Rejects with the Refusal that it got, or with
   * `unavailable` where none will come. One at a time.
   */
  async ask(frame: Readonly<Record<string, unknown>>): Promise<ServerFrame> {
    if (this.#end !== undefined) throw this.#end;
    this.#answer = Promise.withResolvers();
    void this.#line.say(JSON.stringify({ ...frame, id: String(++this.#asked) }));
    return await this.#answer.promise;
  }

  /** To be called when all is done, or whoever is behind it has gone. */
  end(): void {
    this.#finish(new Refusal("unavailable", "It was given up"));
    this.#line.end();
  }

  hear(lines: string): Promise<void> {
    for (const line of lines.split("\n")) {
      if (line !== "") this.#take(decodeServerFrame(toBytes(line)));
    }
    return Promise.resolve();
  }

  ended(): void {
    this.#finish(new Refusal("unavailable", "The server has hung up. Try again in a moment"));
  }

  #take(frame: ServerFrame): void {
    if (frame.type === "ping") return void this.#line.say(encode({ type: "pong", id: "" }).trimEnd());
    if (frame.type === "bye") return this.#finish(new Refusal(frame.code, frame.message));
    if (frame.type === "error") return this.#refused(frame);
    if ("re" in frame && frame.re === String(this.#asked)) this.#answer?.resolve(frame);
  }

  #refused({ re, code, message, retryAfterMs }: ReturnType<typeof errorFrame>): void {
    const refusal = new Refusal(code, message, { retryAfterMs });
    // An error about no request is about the whole line.
    if (re === undefined) this.#finish(refusal);
    else if (re === String(this.#asked)) this.#answer?.reject(refusal);
  }

  #finish(why: Refusal): void {
    this.#end ??= why;
    this.#answer?.reject(this.#end);
  }
}
