/** A verified TLS connection to a server under load. */

export interface Address {
  readonly port: number;
  /** The name in the certificate. */
  readonly hostname: string;
  readonly authorityPem: string;
}

export class LoadConnection {
  readonly #conn: Deno.TlsConn;
  readonly #buffer: Uint8Array;
  readonly #ended = Promise.withResolvers<void>();
  #take: ((bytes: Uint8Array) => void) | undefined;
  #heard = "";
  #wake: (() => void) | undefined;
  #isOpen = true;
  #paused = false;
  #unsent = "";
  #sending = false;

  private constructor(conn: Deno.TlsConn, bufferBytes: number) {
    this.#conn = conn;
    this.#buffer = new Uint8Array(bufferBytes);
    void this.#read();
  }

  /** Thousands of connections want a small buffer, a few busy ones a large one. */
  static async open(address: Address, bufferBytes: number): Promise<LoadConnection> {
    const tcp = await Deno.connect({ hostname: "127.0.0.1", port: address.port });
    tcp.setNoDelay(true);
    const { hostname, authorityPem } = address;
    const conn = await Deno.startTls(tcp, { hostname, caCerts: [authorityPem] });
    try {
      await conn.handshake();
    } catch (error) {
      conn.close();
      throw error;
    }
    return new LoadConnection(conn, bufferBytes);
  }

  /** Resolves when the connection has ended, whoever ended it. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Sends; what is said while a write is under way goes into the next one. */
  say(text: string): void {
    this.#unsent += text;
    if (!this.#sending) void this.#send();
  }

  /** Sends bytes by themselves. Not to be used while something that was said is on its way. */
  async write(bytes: Uint8Array): Promise<void> {
    try {
      for (let sent = 0; sent < bytes.length;) sent += await this.#conn.write(bytes.subarray(sent));
    } catch (error) {
      if (!isLoss(error)) throw error;
    }
  }

  /** Resolves with what was heard since the last call as soon as one of `words` is in it. Rejects if it never comes. */
  async hear(...words: readonly string[]): Promise<string> {
    for (;;) {
      if (words.some((word) => this.#heard.includes(word))) {
        const heard = this.#heard;
        this.#heard = "";
        return heard;
      }
      if (!this.#isOpen) throw new Error(`The connection ended before ${words.join(" or ")}: ${this.#heard}`);
      await new Promise<void>((resolve) => this.#wake = resolve);
    }
  }

  /** From now on all bytes go to `take`, which must be done with them when it returns. */
  listen(take: (bytes: Uint8Array) => void): void {
    this.#take = take;
  }

  /** Reads no more from now on, but for a read that is under way. */
  stopReading(): void {
    this.#paused = true;
  }

  close(): void {
    try {
      this.#conn.close();
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder();
    try {
      while (!this.#paused) {
        const count = await this.#conn.read(this.#buffer);
        if (count === null) break;
        const bytes = this.#buffer.subarray(0, count);
        if (this.#take !== undefined) this.#take(bytes);
        else this.#hear(decoder.decode(bytes, { stream: true }));
      }
    } catch (error) {
      if (!isLoss(error)) throw error;
    }
    if (!this.#paused) this.#end();
  }

  #hear(text: string): void {
    this.#heard += text;
    this.#wake?.();
  }

  #end(): void {
    this.#isOpen = false;
    this.#ended.resolve();
    this.#wake?.();
    this.close();
  }

  async #send(): Promise<void> {
    this.#sending = true;
    while (this.#unsent !== "") {
      const bytes = new TextEncoder().encode(this.#unsent);
      this.#unsent = "";
      await this.write(bytes);
    }
    this.#sending = false;
  }
}

/** Whether a connection has ended, from here or from there, rather than something being wrong with this program. */
function isLoss(error: unknown): boolean {
  return error instanceof Deno.errors.BadResource || error instanceof Deno.errors.Interrupted ||
    error instanceof Deno.errors.ConnectionReset || error instanceof Deno.errors.BrokenPipe ||
    error instanceof Deno.errors.ConnectionAborted || error instanceof Deno.errors.UnexpectedEof;
}
