import { limits } from "../protocol/mod.ts";
import type { Backing, Hearer, Line } from "./backing.ts";

/** Bytes that may wait to be taken by a browser that reads slowly, before more is asked of the line. */
const unsentBytesMax = 256 * 1024;

/** How often a browser is looked at that has not taken what was sent, in milliseconds. */
const lookEveryMs = 20;

/** Characters of lines that may wait for those before them to be dealt with: whoever sends more does not keep to the protocol. */
const waitingCharactersMax = 2 * 1024 * 1024;

/** What a waiting line counts beside its characters: short ones, and empty ones, take room and time too. */
const waitingLineCharacters = 256;

/** Closing codes of WebSocket (RFC 6455, section 7.4.1). */
const normal = 1000, unsupportedData = 1003, policyViolation = 1008;

export interface RelayOptions {
  readonly socket: WebSocket;
  readonly backing: Backing;
  readonly address: string;
  /** What the cookie holds, which takes the place of the token in the page's `resume`. */
  readonly token: string;
  sleep(ms: number): Promise<void>;
}

/** Carries lines between a page's WebSocket and a line, one frame a message. */
export function relay(options: RelayOptions): void {
  new Relay(options);
}

class Relay implements Hearer {
  readonly #socket: WebSocket;
  readonly #token: string;
  readonly #sleep: RelayOptions["sleep"];
  readonly #line: Line;
  #waiting: string[] = [];
  #waitingCharacters = 0;
  #isSaying = false;
  #isOver = false;
  /** The `id` of the page's `resume` until it is answered. */
  #resuming: string | undefined;
  readonly #opened: Promise<void>;

  constructor({ socket, backing, address, token, sleep }: RelayOptions) {
    this.#socket = socket;
    this.#token = token;
    this.#sleep = sleep;
    this.#opened = new Promise((resolve) => socket.addEventListener("open", () => resolve(), { once: true }));
    this.#line = backing.open(this, address);
    socket.addEventListener("message", ({ data }) => this.#take(data));
    socket.addEventListener("close", () => this.#end());
    socket.addEventListener("error", () => this.#end());
  }

  async hear(lines: string): Promise<void> {
    await this.#opened;
    for (const line of lines.split("\n")) {
      if (line !== "") this.#socket.send(this.#withoutToken(line));
    }
    while (this.#isOpen() && this.#socket.bufferedAmount > unsentBytesMax) await this.#sleep(lookEveryMs);
    if (!this.#isOpen()) throw new Error("the page is gone");
  }

  #isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  ended(): void {
    this.#opened.then(() => this.#close(normal));
  }

  #take(data: unknown): void {
    // What was on its way when this side closed is not for anybody.
    if (this.#isOver) return;
    if (typeof data !== "string") return this.#close(unsupportedData);
    // A frame is one line; within JSON a newline is but space.
    this.#waiting.push(data.replaceAll("\n", " "));
    this.#waitingCharacters += data.length + waitingLineCharacters;
    if (this.#waitingCharacters > waitingCharactersMax) return this.#close(policyViolation);
    if (!this.#isSaying) this.#say();
  }

  async #say(): Promise<void> {
    this.#isSaying = true;
    for (let data = this.#waiting.shift(); data !== undefined; data = this.#waiting.shift()) {
      this.#waitingCharacters -= data.length + waitingLineCharacters;
      await this.#line.say(this.#resuming === undefined ? this.#withToken(data) : data);
    }
    this.#isSaying = false;
  }

  /** A page has no token: its `resume` gets the one that its cookie brought. */
  #withToken(line: string): string {
    if (line.length > limits.strangerLineBytes || !line.includes('"resume"')) return line;
    const frame = record(line);
    if (frame?.type !== "resume" || typeof frame.id !== "string") return line;
    this.#resuming = frame.id;
    return JSON.stringify({ ...frame, token: this.#token });
  }

  /** Whatever the page has asked, and under which ids: what opens a session names no token to it. */
  #withoutToken(line: string): string {
    // In what people say these quotation marks have a backslash before them.
    if (this.#resuming === undefined && !line.includes('"auth_success"')) return line;
    const frame = record(line);
    if (frame?.re === this.#resuming) this.#resuming = undefined;
    if (frame?.type !== "auth_success") return line;
    const { token: _, deviceProof: __, ...rest } = frame;
    return JSON.stringify(rest);
  }

  #close(code: number): void {
    if (this.#socket.readyState <= WebSocket.OPEN) this.#socket.close(code);
    this.#end();
  }

  /** What waits is forgotten: to go through it, though nobody hears it, would hold up everybody else. */
  #end(): void {
    this.#isOver = true;
    this.#waiting = [];
    this.#line.end();
  }
}

function record(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
