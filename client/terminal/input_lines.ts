const newline = 0x0a;
const carriageReturn = 0x0d;

/** One line of the input, without its newline; undefined where its bytes are no UTF-8. */
export interface InputLine {
  readonly text: string | undefined;
}

/** The lines of a stream of bytes. The last one need not have a newline. */
export class InputLines {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  /** The beginning of a line that has not come whole. */
  readonly #begun: Uint8Array<ArrayBuffer>[] = [];
  #rest = new Uint8Array();

  constructor(bytes: ReadableStream<Uint8Array<ArrayBuffer>>) {
    this.#reader = bytes.getReader();
  }

  /** Undefined at the end. */
  async next(): Promise<InputLine | undefined> {
    for (;;) {
      const bytes = await this.read();
      if (bytes === undefined) return this.#takeLast();
      const end = bytes.indexOf(newline);
      this.#begun.push(end < 0 ? bytes : bytes.subarray(0, end));
      if (end < 0) continue;
      this.unread(bytes.subarray(end + 1));
      return this.#take();
    }
  }

  /** The next bytes as they come, undefined at the end. A terminal that is torn down may answer with an error instead. */
  async read(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const bytes = this.#rest;
    this.#rest = new Uint8Array();
    if (bytes.length > 0) return bytes;
    return await this.#reader.read().then(({ value }) => value, () => undefined);
  }

  /** Gives back what was read too far. */
  unread(bytes: Uint8Array<ArrayBuffer>): void {
    this.#rest = bytes;
  }

  #take(): InputLine {
    const bytes = joined(this.#begun.splice(0));
    return this.#lineOf(bytes.at(-1) === carriageReturn ? bytes.subarray(0, -1) : bytes);
  }

  #takeLast(): InputLine | undefined {
    return this.#begun.some(({ length }) => length > 0) ? this.#take() : undefined;
  }

  #lineOf(bytes: Uint8Array): InputLine {
    try {
      return { text: this.#decoder.decode(bytes) };
    } catch {
      return { text: undefined };
    }
  }
}

function joined(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
