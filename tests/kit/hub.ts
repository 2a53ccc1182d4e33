/** A hub on a store in memory, without doors, sessions and passwords: what happens in it happens at once. */
import assert from "node:assert/strict";
import {
  type Account,
  type Arrival,
  depart,
  type Guest,
  handle,
  type Hub,
  type HubRequestType,
  type HubSettings,
  openHub,
  Outbox,
  resume,
  signIn,
  signUp,
} from "../../server/hub/mod.ts";
import { Contents } from "../../server/files/mod.ts";
import { openStore, type Store } from "../../server/store/mod.ts";
import {
  type Cursors,
  decodeRequest,
  errorFrame,
  Refusal,
  type Request,
  type Role,
} from "../../shared/protocol/mod.ts";
import { type ManualClock, manualClock } from "./manual_clock.ts";
import { lineOf } from "./lines.ts";
import { TestSink, turn } from "./sink.ts";
import { type TestWorld, testWorld } from "./world.ts";

// deno-lint-ignore no-explicit-any -- tests look into frames of any shape
type Frame = any;

/** What every account of a test hub has in place of a hash. */
const noHash = "$none";

export class TestHub {
  readonly clock: ManualClock = manualClock();
  readonly world: TestWorld = testWorld({ clock: this.clock });
  readonly store: Store;
  readonly hub: Hub;

  /** Nothing can be made where `contents` are unless a test hands them in. */
  constructor(
    settings: Partial<HubSettings> = {},
    store: Store = openStore(":memory:"),
    contents: Contents = new Contents("/dev/null/files"),
  ) {
    this.store = store;
    const usual: HubSettings = {
      registration: "open",
      loopbackOnly: true,
      inviteLink: (secret) => `chat://here/#${secret}`,
      resetLink: (secret) => `chat://here/reset#${secret}`,
      hookAddress: () => undefined,
      botLink: (token) => `chat://here/bot#${token}`,
      serverName: () => "Test",
      sessionsPerAccount: Infinity,
      fileBytesMax: 2 ** 30,
      filesBytesMax: 2 ** 30,
      gatherMs: 2,
    };
    this.hub = openHub(store, contents, { ...usual, ...settings }, this.world);
  }

  /** Stores what was decided, and lets what there is to say be said. */
  async settle(): Promise<void> {
    this.hub.journal.commit();
    await turn();
  }

  /** A new account with a session. Throws the Refusal, if there is one. */
  async newcomer(name: string, invite?: string): Promise<Visitor> {
    const visitor = new Visitor(this);
    signUp(this.hub, { name, passwordHash: noHash, invite }, visitor.arrival(), visitor.refuse);
    await this.settle();
    return visitor;
  }

  /** A new account of this role with a session. */
  async newcomerAs(role: Role, name: string): Promise<Visitor> {
    const visitor = await this.newcomer(name);
    const { account } = visitor.guest;
    account.role = role;
    this.store.commit([{ kind: "role", accountId: account.id, role }]);
    return visitor;
  }

  /** One more session of an account by a login of its own, as with a password. */
  async logIn(account: Account, deviceName?: string): Promise<Visitor> {
    const visitor = new Visitor(this);
    signIn(this.hub, account, { ...visitor.arrival(), deviceName }, []);
    await this.settle();
    return visitor;
  }

  /** What was logged, by the names of the events. */
  logged(event: string): Frame[] {
    return this.world.lines.map((line) => JSON.parse(line)).filter((entry) => entry.event === event);
  }

  /** One more session by a token. */
  async comeBack(token: string, cursors?: Cursors): Promise<Visitor> {
    const visitor = this.coming(token, cursors);
    await this.settle();
    return visitor;
  }

  /** One more session by a token, which opens at the next `settle`. */
  coming(token: string, cursors?: Cursors): Visitor {
    const visitor = new Visitor(this);
    resume(this.hub, token, cursors, visitor.arrival());
    return visitor;
  }
}

/** Somebody at a hub: one connection, and the account that came by it. */
export class Visitor {
  readonly sink: TestSink = new TestSink();
  readonly outbox: Outbox;
  readonly #bench: TestHub;
  #guest: Guest | undefined;
  #lastId = 0;

  constructor(bench: TestHub) {
    this.#bench = bench;
    this.outbox = new Outbox(this.sink, bench.clock);
  }

  get guest(): Guest {
    assert.ok(this.#guest !== undefined, JSON.stringify(this.sink.frames));
    return this.#guest;
  }

  /** The token of the last welcome. */
  get token(): string {
    return this.welcome.token;
  }

  get welcome(): Frame {
    return this.sink.frames.findLast(({ type }) => type === "auth_success");
  }

  /** What was heard since the welcome. */
  get heard(): Frame[] {
    const { frames } = this.sink;
    return frames.slice(frames.findLastIndex(({ type }) => type === "auth_success") + 1);
  }

  readonly refuse = (refusal: Refusal): void => {
    this.outbox.push(lineOf(JSON.stringify(errorFrame(refusal)) + "\n"));
  };

  arrival(re: string = "0"): Arrival {
    return {
      outbox: this.outbox,
      re,
      byCookie: false,
      present: () => true,
      welcome: (guest) => this.#guest = guest,
      refuse: this.refuse,
    };
  }

  /** Asks, and leaves the answer to the next `settle`. What is refused at once is said at once. Returns the id. */
  say(frame: Frame): string {
    const id = String(++this.#lastId);
    const request = decodeRequest(lineOf({ id, ...frame })) as Request<HubRequestType>;
    try {
      handle(this.#bench.hub, this.guest, request)?.catch((error) => this.guest.refuse(error, id));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.guest.refuse(error, id);
    }
    return id;
  }

  /** Asks, settles, and returns the answer. */
  async ask(frame: Frame): Promise<Frame> {
    const id = this.say(frame);
    await this.#bench.settle();
    return this.sink.frames.findLast(({ re }) => re === id);
  }

  leave(): void {
    depart(this.#bench.hub, this.guest);
  }
}
