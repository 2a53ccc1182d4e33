/** One connection that speaks the line protocol frame by frame. */
import { type Address, LoadConnection } from "../load/load_connection.ts";
import { tokenOf } from "../load/population.ts";

// deno-lint-ignore no-explicit-any -- bars look into frames of any shape
export type Frame = any;

const bufferBytes = 16 * 1024;

export class Client {
  readonly #connection: LoadConnection;
  readonly #answers: Map<string, (answer: Frame) => void> = new Map();
  readonly #decoder = new TextDecoder();
  #rest = "";
  #lastId = 0;
  #lastWords: Frame;
  /** Takes what comes unasked; where nobody does, it is not even parsed. */
  onEvent: ((event: Frame) => unknown) | undefined;

  private constructor(connection: LoadConnection) {
    this.#connection = connection;
    connection.listen((bytes) => this.#take(bytes));
    void connection.ended.then(() => this.#letGo());
  }

  static async open(address: Address): Promise<Client> {
    const connection = await LoadConnection.open(address, bufferBytes);
    await connection.hear("auth_required");
    return new Client(connection);
  }

  /** Resolves when the connection has ended, with the server's `bye` if it said one. */
  get ended(): Promise<Frame> {
    return this.#connection.ended.then(() => this.#lastWords);
  }

  get isOpen(): boolean {
    return this.#connection.isOpen;
  }

  /** Comes in as a member whose account was made by `populate`. Undefined if the connection ended meanwhile. */
  resume(name: string, cursors: Readonly<Record<string, number>> = {}): Promise<Frame> {
    return this.ask({ type: "resume", token: tokenOf(name), cursors });
  }

  /** Resolves with the answer, or undefined when the connection has ended before it came. */
  ask(frame: Frame): Promise<Frame> {
    if (!this.isOpen) return Promise.resolve(undefined);
    const id = String(++this.#lastId);
    this.say({ ...frame, id });
    return new Promise((resolve) => this.#answers.set(id, resolve));
  }

  /** Sends a frame, or a text as it is. */
  say(frame: Frame): void {
    this.#connection.say(typeof frame === "string" ? frame : JSON.stringify(frame) + "\n");
  }

  /** Sends bytes by themselves, while nothing else is on its way. */
  write(bytes: Uint8Array): Promise<void> {
    return this.#connection.write(bytes);
  }

  /** Vanishes without a word. */
  close(): void {
    this.#connection.close();
  }

  #take(bytes: Uint8Array): void {
    const lines = (this.#rest + this.#decoder.decode(bytes, { stream: true })).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) {
      const wanted = this.onEvent !== undefined || !line.startsWith('{"type":"message"');
      if (wanted) this.#hear(JSON.parse(line));
    }
  }

  #hear(frame: Frame): void {
    const answered = this.#answers.get(frame.re);
    if (answered !== undefined) {
      this.#answers.delete(frame.re);
      return answered(frame);
    }
    if (frame.type === "ping") return this.say({ type: "pong" });
    if (frame.type === "bye") this.#lastWords = frame;
    this.onEvent?.(frame);
  }

  #letGo(): void {
    for (const resolve of this.#answers.values()) resolve(undefined);
    this.#answers.clear();
  }
}
