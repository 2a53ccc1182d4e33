import type { Client } from "./client.ts";
import { pause, type Visitor } from "./kept_session.ts";

export interface TalkerOptions {
  readonly name: string;
  readonly room: string;
  /** How many messages may be under way. */
  readonly window: number;
  /** Time between two messages, 0 for none. */
  readonly everyMs: number;
}

/** Somebody who says numbered messages in order, each with a nonce, until it is acknowledged: over any number of connections. */
export class Talker implements Visitor {
  readonly name: string;
  readonly #options: TalkerOptions;
  /** The `seq` of each message that the server has said `ok` to. */
  readonly acknowledged: Map<string, number> = new Map();
  /** Messages that were acknowledged twice with different `seq`. */
  contradictions = 0;
  /** Refusals by their code. */
  readonly refusals: Map<string, number> = new Map();
  /** When the last `ok` came. */
  acknowledgedAt = 0;
  readonly #underWay: Set<string> = new Set();
  #said = 0;
  #client: Client | undefined;
  #stopped = false;
  #settled: () => void = () => {};

  constructor(options: TalkerOptions) {
    this.name = options.name;
    this.#options = options;
  }

  get said(): number {
    return this.#said;
  }

  cursors(): Record<string, number> {
    return {};
  }

  entered(client: Client): void {
    this.#client = client;
    for (const text of [...this.#underWay]) void this.#say(client, text);
    void this.#talk(client);
  }

  /** Says nothing new, and resolves when everything is acknowledged. */
  async finish(): Promise<void> {
    this.#stopped = true;
    if (this.#underWay.size > 0) await new Promise<void>((resolve) => this.#settled = resolve);
  }

  async #talk(client: Client): Promise<void> {
    const { name, window, everyMs } = this.#options;
    while (!this.#stopped && client === this.#client && client.isOpen && this.#underWay.size < window) {
      const text = `${name} says ${++this.#said}`;
      this.#underWay.add(text);
      void this.#say(client, text);
      if (everyMs > 0) await pause(everyMs);
    }
  }

  async #say(client: Client, text: string): Promise<void> {
    const answer = await client.ask({ type: "send", room: this.#options.room, text, nonce: text });
    if (answer === undefined) return; // it is said again in the next session
    if (answer.type !== "ok") return await this.#refused(client, text, answer.code, answer.retryAfterMs ?? 0);
    const earlier = this.acknowledged.get(text);
    if (earlier !== undefined && earlier !== answer.seq) this.contradictions++;
    this.acknowledged.set(text, answer.seq);
    this.acknowledgedAt = performance.now();
    this.#underWay.delete(text);
    if (this.#underWay.size === 0) this.#settled();
    if (this.#options.everyMs === 0) void this.#talk(client);
  }

  async #refused(client: Client, text: string, code: string, retryAfterMs: number): Promise<void> {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
    await pause(Math.min(retryAfterMs, 500));
    await this.#say(client, text);
  }
}
