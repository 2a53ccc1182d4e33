/**
 * Splits a stream of bytes into lines: pure, bounded, and without any work on strings before a line is whole.
 * A line ends with `\n` (0x0a), which cannot be part of a longer UTF-8 sequence.
 */
import { Refusal } from "./refusal.ts";

const newline = 0x0a;

export class LineSplitter {
  #bytesMax: number;
  /** The beginning of a line whose end has not come yet. */
  #partial: Uint8Array<ArrayBuffer> | undefined;
  #partialBytes = 0;

  /** `bytesMax`: the longest line, without its newline. */
  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** Sets the longest line from here on. */
  allow(bytesMax: number): void {
    this.#bytesMax = bytesMax;
  }

  /**
   * Yields each line that `chunk` completes, without its newline. A yielded line is a view that is only valid until
   * the next one is asked for. Throws a closing `line_too_long` Refusal as soon as a line is longer than its limit.
   */
  *split(chunk: Uint8Array): Generator<Uint8Array, void> {
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(newline, from);
      if (end === -1) break;
      yield this.#complete(chunk.subarray(from, end));
      from = end + 1;
    }
    if (from < chunk.length) this.#keep(chunk.subarray(from));
  }

  #complete(tail: Uint8Array): Uint8Array {
    this.#check(this.#partialBytes + tail.length);
    if (this.#partial === undefined) return tail;
    this.#append(tail);
    const line = this.#partial.subarray(0, this.#partialBytes);
    this.#partial = undefined;
    this.#partialBytes = 0;
    return line;
  }

  #keep(head: Uint8Array): void {
    this.#check(this.#partialBytes + head.length);
    this.#append(head);
  }

  #append(bytes: Uint8Array): void {
    const needed = this.#partialBytes + bytes.length;
    if (this.#partial === undefined || this.#partial.length < needed) {
      const larger = new Uint8Array(Math.max(needed, 2 * this.#partialBytes));
      if (this.#partial !== undefined) larger.set(this.#partial.subarray(0, this.#partialBytes));
      this.#partial = larger;
    }
    this.#partial.set(bytes, this.#partialBytes);
    this.#partialBytes = needed;
  }

  #check(bytes: number): void {
    if (bytes <= this.#bytesMax) return;
    throw new Refusal("line_too_long", `A line may have at most ${this.#bytesMax} bytes here`, {
      closes: true,
    });
  }
}
