/** How many times something may be looked for before a rest: together that takes a fraction of a millisecond. */
const restEvery = 256;

/** Bytes that come in pieces of any size, read as they are needed. To be disposed of. */
export class ByteSource {
  readonly #pieces: AsyncIterator<Uint8Array, unknown>;
  #piece: Uint8Array = new Uint8Array();
  #ended = false;
  readonly #rest: () => Promise<void>;
  #asked = 0;

  /** `rest` is called now and then, and waited for: a piece may be made of thousands of parts. */
  constructor(pieces: AsyncIterable<Uint8Array>, rest: () => Promise<void>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
    this.#rest = rest;
  }

  /** The next `count` bytes (to be a number that fits into memory); fewer at the end. */
  async take(count: number): Promise<Uint8Array> {
    const taken = new Uint8Array(count);
    let bytes = 0;
    for await (const piece of this.pieces(count)) {
      taken.set(piece, bytes);
      bytes += piece.length;
    }
    return taken.subarray(0, bytes);
  }

  /** The next byte, or undefined at the end. */
  async byte(): Promise<number | undefined> {
    if (!await this.#fill()) return undefined;
    const [byte] = this.#piece;
    this.#piece = this.#piece.subarray(1);
    return byte;
  }

  /** The next `count` bytes in pieces; fewer at the end. */
  async *pieces(count: number): AsyncGenerator<Uint8Array, void> {
    for (let left = count; left > 0 && await this.#fill();) {
      const piece = this.#piece.subarray(0, left);
      this.#piece = this.#piece.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  async skip(count: number): Promise<void> {
    for await (const _ of this.pieces(count)) { /* they are not wanted */ }
  }

  /** Passes over all that are `byte`. */
  async skipEach(byte: number): Promise<void> {
    while (await this.#fill()) {
      const rest = this.#piece.findIndex((each) => each !== byte);
      this.#piece = this.#piece.subarray(rest === -1 ? this.#piece.length : rest);
      if (rest !== -1) return;
    }
  }

  /** All bytes before the next one that is `byte`, in pieces; that one comes next. */
  async *before(byte: number): AsyncGenerator<Uint8Array, void> {
    while (await this.#fill()) {
      const end = this.#piece.indexOf(byte);
      const piece = end === -1 ? this.#piece : this.#piece.subarray(0, end);
      this.#piece = this.#piece.subarray(piece.length);
      if (piece.length > 0) yield piece;
      if (end !== -1) return;
    }
  }

  /**
   * All bytes before the next 0xff that stands before a byte which `ends` them, in pieces; that 0xff comes next. Long pieces
   * are looked through without a wait.
   */
  async *beforeMarker(ends: (byte: number) => boolean): AsyncGenerator<Uint8Array, void> {
    while (await this.#fill()) {
      const end = markerIn(this.#piece, ends);
      const piece = this.#piece.subarray(0, end ?? Math.max(0, this.#piece.length - 1));
      this.#piece = this.#piece.subarray(piece.length);
      if (piece.length > 0) yield piece;
      if (end !== undefined) return;
      // The last byte of a piece is looked at with the first of the next one.
      if (!await this.#join()) return yield* this.pieces(this.#piece.length);
    }
  }

  /** A chain of parts, each behind a byte with its length, up to an empty one, in pieces. True if that came. */
  async copyChain(copy: (piece: Uint8Array) => Promise<void>): Promise<boolean> {
    let left = 0;
    while (await this.#fill()) {
      let at = 0, isEnd = false;
      while (at < this.#piece.length && !isEnd) {
        if (left === 0) {
          left = this.#piece[at++] ?? 0;
          isEnd = left === 0;
        } else {
          const step = Math.min(left, this.#piece.length - at);
          at += step;
          left -= step;
        }
      }
      const piece = this.#piece.subarray(0, at);
      this.#piece = this.#piece.subarray(at);
      await copy(piece);
      if (isEnd) return true;
    }
    return false;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pieces.return?.();
  }

  /** Whether there is a byte left. */
  async #fill(): Promise<boolean> {
    if (++this.#asked % restEvery === 0) await this.#rest();
    while (this.#piece.length === 0 && !this.#ended) {
      const { value, done } = await this.#pieces.next();
      if (done) this.#ended = true;
      else this.#piece = value;
    }
    return this.#piece.length > 0;
  }

  /** Adds the next piece to this one. False if there is none. */
  async #join(): Promise<boolean> {
    const first = this.#piece;
    this.#piece = new Uint8Array();
    const isMore = await this.#fill();
    const joined = new Uint8Array(first.length + this.#piece.length);
    joined.set(first);
    joined.set(this.#piece, first.length);
    this.#piece = joined;
    return isMore;
  }
}

/** Where the next 0xff is that stands before a byte which `ends`; undefined if there is none. */
function markerIn(piece: Uint8Array, ends: (byte: number) => boolean): number | undefined {
  for (let at = piece.indexOf(0xff); at !== -1; at = piece.indexOf(0xff, at + 1)) {
    const next = piece[at + 1];
    if (next !== undefined && ends(next)) return at;
  }
  return undefined;
}
