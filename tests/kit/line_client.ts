/** A client that speaks lines and knows nothing else: it shares no code with the product but its TLS. */
import assert from "node:assert/strict";

// deno-lint-ignore no-explicit-any -- tests look into frames of any shape
export type Frame = any;

/** A password that every test account has. */
export const testPassword = "tests like long words";

const waitMs = 10_000;

export class LineClient {
  readonly conn: Deno.TlsConn;
  readonly #frames: Frame[] = [];
  readonly #waiting: ((frame: Frame | undefined) => void)[] = [];
  #lastId = 0;
  #ended = false;
  #isReading = true;
  token = "";

  private constructor(conn: Deno.TlsConn) {
    this.conn = conn;
    this.#read();
  }

  /** Connects, and takes the greeting. */
  static async open(port: number, authorityPem: string): Promise<LineClient> {
    const client = await LineClient.openSilently(port, authorityPem);
    assert.equal((await client.hear()).type, "auth_required");
    return client;
  }

  static async openSilently(port: number, authorityPem: string): Promise<LineClient> {
    const tcp = await Deno.connect({ hostname: "127.0.0.1", port });
    tcp.setNoDelay(true);
    const conn = await Deno.startTls(tcp, { hostname: "chat.internal", caCerts: [authorityPem] });
    await conn.handshake();
    return new LineClient(conn);
  }

  /** Sends bytes as they are. */
  async write(bytes: Uint8Array | string): Promise<void> {
    const all = typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
    for (let written = 0; written < all.length;) written += await this.conn.write(all.subarray(written));
  }

  say(frame: Frame): Promise<void> {
    return this.write(JSON.stringify(frame) + "\n");
  }

  /** Sends a request and returns its answer; what comes in between stays to be heard. */
  async ask(frame: Frame): Promise<Frame> {
    const id = String(++this.#lastId);
    await this.say({ id, ...frame });
    return this.hearWhere((answer) => answer.re === (frame.id ?? id));
  }

  /** The next frame that is not about presence, or undefined when the connection has ended. */
  hear(): Promise<Frame> {
    return this.hearWhere((frame) => frame.type !== "presence");
  }

  hearPresence(username: string): Promise<Frame> {
    return this.hearWhere((frame) => frame.type === "presence" && frame.username === username);
  }

  /** The next frame that fits; those that do not stay to be heard. */
  async hearWhere(fits: (frame: Frame) => boolean): Promise<Frame> {
    for (let at = 0;; at++) {
      while (at >= this.#frames.length) {
        if (this.#ended) return undefined;
        await this.#more();
      }
      if (fits(this.#frames[at])) return this.#frames.splice(at, 1)[0];
    }
  }

  /** Everything heard so far and not yet taken. */
  pending(): readonly Frame[] {
    return this.#frames;
  }

  async register(username: string, invite?: string): Promise<Frame> {
    const answer = await this.ask({ type: "register", username, password: testPassword, invite });
    assert.equal(answer.type, "auth_success", JSON.stringify(answer));
    this.token = answer.token;
    return answer;
  }

  async login(username: string): Promise<Frame> {
    const answer = await this.ask({ type: "login", username, password: testPassword });
    assert.equal(answer.type, "auth_success", JSON.stringify(answer));
    this.token = answer.token;
    return answer;
  }

  /** Sends a message and returns its `ok`. */
  async send(room: string, text: string, nonce?: string): Promise<Frame> {
    const ok = await this.ask({ type: "send", room, text, nonce });
    assert.equal(ok.type, "ok", JSON.stringify(ok));
    return ok;
  }

  /** Resolves when the server has ended the connection. */
  async ended(): Promise<void> {
    while (!this.#ended) await this.#more();
  }

  /** Reads no more from here on, as a client that hangs: what comes stays with the kernel until it is full. */
  stopReading(): void {
    this.#isReading = false;
  }

  /** Vanishes without a word. */
  close(): void {
    try {
      this.conn.close();
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
  }

  [Symbol.dispose](): void {
    this.close();
  }

  async #more(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      const silence = () =>
        reject(new Error(`Nothing came within ${waitMs} ms; heard: ${JSON.stringify(this.#frames)}`));
      timer = setTimeout(silence, waitMs);
    });
    const next = new Promise<Frame>((resolve) => this.#waiting.push(resolve));
    try {
      await Promise.race([next, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder();
    let rest = "";
    try {
      for await (const chunk of this.conn.readable.values({ preventCancel: true })) {
        if (!this.#isReading) return;
        const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) this.#take(JSON.parse(line));
      }
    } catch (error) {
      if (error instanceof SyntaxError) throw error;
      // Any other error is a connection that has broken, which tests see as its end.
    }
    this.#ended = true;
    this.#wake();
  }

  #take(frame: Frame): void {
    if (frame.type === "ping") void this.say({ type: "pong" });
    this.#frames.push(frame);
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve(undefined);
  }
}
