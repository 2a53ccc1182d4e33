/** Sessions on a hub in memory, without a door: lines go in as values, and what is said is read from the sink. */
import assert from "node:assert/strict";
import { Guessing, Passwords, type Session, Sessions } from "../../server/sessions/mod.ts";
import type { Store } from "../../server/store/mod.ts";
import { toBytes } from "../../shared/protocol/mod.ts";
import type { HubSettings } from "../../server/hub/mod.ts";
import { TestHub } from "./hub.ts";
import { testPassword } from "./line_client.ts";
import { lineOf } from "./lines.ts";
import { TestSink, turn } from "./sink.ts";

// deno-lint-ignore no-explicit-any -- tests look into frames of any shape
type Frame = any;

/** Of `testPassword`: to compute it anew for each account would take tests longer than all else that they do. */
export const testPasswordHash =
  "$argon2id$v=19$m=19456,t=2,p=1$c2FsdCBvZiBhbGwgdGVzdA$wsnkzjFytKMap5dXN6nlmPF1H7EAyyRElLIWbDzIWu8";

export interface SessionOptions {
  readonly paced?: boolean;
  readonly settings?: Partial<HubSettings>;
  /** One that another bench has used before. */
  readonly store?: Store;
}

export class SessionBench extends TestHub {
  readonly sessions: Sessions;
  readonly passwords: Passwords;

  constructor({ paced = false, settings = {}, store }: SessionOptions = {}) {
    super(settings, store);
    this.passwords = new Passwords(this.world, true);
    this.sessions = new Sessions({
      world: this.world,
      hub: this.hub,
      passwords: this.passwords,
      guessing: new Guessing(this.hub, true, () => Infinity),
      connectionsMax: 1_000,
      authorityPem: "the authority",
      paced,
      serverName: () => "Test",
      greeting: () => ({
        type: "auth_required",
        protocol: 1,
        server: "test",
        name: "Test",
        methods: [],
        registration: "open",
        limits: { line: 1, text: 1 },
      }),
    });
  }

  connect(): TestSession {
    return new TestSession(this);
  }

  /** A connection whose session is open, by a token of a new account. */
  async guest(name: string): Promise<TestSession> {
    const { token, guest, outbox } = await this.newcomer(name);
    guest.account.sessions.delete(outbox);
    guest.account.memberships.forEach(({ room }) => room.attached.delete(outbox));
    return await this.resumed(token);
  }

  /** As `guest`, and the account has the password that all tests use. */
  async registered(name: string): Promise<TestSession> {
    const session = await this.guest(name);
    const accountId = this.hub.accounts.named(name)?.id ?? 0;
    this.store.commit([{ kind: "password", accountId, password: testPasswordHash }]);
    return session;
  }

  /** One more session of an account that was registered. */
  async loggedIn(username: string, more: Frame = {}): Promise<TestSession> {
    return await this.opened({ type: "login", username, password: testPassword, ...more });
  }

  async resumed(token: string): Promise<TestSession> {
    return await this.opened({ type: "resume", token });
  }

  async opened(request: Frame): Promise<TestSession> {
    const connection = this.connect();
    const answer = await connection.asks(request);
    assert.equal(answer.type, "auth_success", JSON.stringify(answer));
    return connection;
  }
}

/** One connection as a door would hold it: lines go in one after the other. */
export class TestSession {
  readonly sink: TestSink = new TestSink();
  readonly session: Session;
  readonly #bench: SessionBench;
  #lastId = 0;

  constructor(bench: SessionBench) {
    this.#bench = bench;
    this.session = bench.sessions.open(this.sink, { address: "192.0.2.1", byCookie: false });
  }

  /** Lines that arrive together. Returns when they are answered, whatever has to be computed for that. */
  async hears(...frames: readonly unknown[]): Promise<void> {
    let fed = false;
    const feeding = this.#feed(frames).finally(() => fed = true);
    for (let rounds = 0; rounds === 0 || !fed; rounds++) {
      // Whatever does not wait for the store goes on before it has answered. Threads that compute are left the processor.
      await (rounds < 5 ? turn() : new Promise((resolve) => setTimeout(resolve, 5)));
      await this.#bench.settle();
      // A login that fails is answered after a while.
      this.#bench.clock.wake();
    }
    await feeding;
    await this.#bench.settle();
  }

  /** Asks, and returns the answer. */
  async asks(frame: Frame): Promise<Frame> {
    const id = `ask ${++this.#lastId}`;
    await this.hears({ id, ...frame });
    return this.sink.frames.findLast(({ re }) => re === id);
  }

  /** Lines that are brought without a wait for their answers. */
  async floods(...frames: readonly unknown[]): Promise<void> {
    for (const frame of frames) {
      void this.session.receive(typeof frame === "string" ? toBytes(frame) : lineOf(frame));
    }
    await this.#bench.settle();
  }

  async passes(ms: number): Promise<void> {
    this.#bench.clock.advance(ms);
    await this.#bench.settle();
  }

  get codes(): string[] {
    return this.sink.frames.map(({ type, code }) => code ?? type);
  }

  /** The token that was given last. */
  get token(): string {
    return this.sink.frames.findLast(({ type }) => type === "auth_success").token;
  }

  async #feed(frames: readonly unknown[]): Promise<void> {
    for (const frame of frames) {
      await this.session.receive(frame instanceof Uint8Array ? frame : lineOf(frame));
    }
  }
}
