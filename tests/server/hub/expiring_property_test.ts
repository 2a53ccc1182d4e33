/** A room in which messages get lifetimes, rules change, holds come and go, and the clock and the server do as they like. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { expireSome } from "../../../server/hub/expiry.ts";
import { markProven } from "../../../server/hub/proof.ts";
import { type AilingStore, ailingStore } from "../../kit/ailing_store.ts";
import { TestHub, type Visitor } from "../../kit/hub.ts";
import { fromSeed } from "../../kit/seed.ts";

// deno-lint-ignore no-explicit-any -- tests look into frames of any shape
type Frame = any;

const hour = 3_600_000, room = "general";

const back = fc.nat(12);
const retentionMs = fc.constantFrom(0, hour, 2 * hour, 5 * hour);
const action = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("send" as const),
      lifeMs: fc.option(fc.integer({ min: 10_000, max: 4 * hour })),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("edit" as const, "delete" as const), back }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom("change" as const, "policy" as const), retentionMs }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("hold" as const), held: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: fc.integer({ min: 1, max: 2 * hour }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("collect" as const),
      limit: fc.integer({ min: 1, max: 5 }),
      fails: fc.boolean(),
    }),
  },
  // Also with a clock that was set back meanwhile.
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("restart" as const),
      ms: fc.integer({ min: -hour, max: 3 * hour }),
    }),
  },
);

type Action = typeof action extends fc.Arbitrary<infer Value> ? Value : never;

Deno.test("whatever lifetimes, rules, holds, clocks and restarts do, what is over is seen by nobody and goes once", () =>
  fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 20, maxLength: 70, size: "max" }), async (actions) => {
      const scene = await Scene.open();
      for (const each of actions) {
        await scene.play(each);
        await scene.check();
      }
      await scene.play({ kind: "hold", held: false });
      await scene.collectAll();
      await scene.checkAll();
    }),
    { ...fromSeed(), numRuns: 20, endOnFailure: true },
  ));

/** A message as it must be. */
interface Expected {
  readonly seq: number;
  readonly time: number;
  readonly expires: number;
  text: string;
  /** Taken away by somebody or for its age. */
  gone: boolean;
}

class Scene {
  readonly #store: AilingStore;
  readonly #messages: Expected[] = [];
  #bench: TestHub;
  #ana: Visitor;
  #ben: Visitor;
  #retentionMs = Infinity;
  #serverMs = Infinity;
  #held = false;
  #texts = 0;

  private constructor(store: AilingStore, bench: TestHub, ana: Visitor, ben: Visitor) {
    this.#store = store;
    this.#bench = bench;
    this.#ana = ana;
    this.#ben = ben;
  }

  static async open(): Promise<Scene> {
    const store = ailingStore(), bench = new TestHub({}, store);
    return new Scene(store, bench, await bench.newcomer("ana"), await bench.newcomer("ben"));
  }

  async play(deed: Action): Promise<void> {
    switch (deed.kind) {
      case "send":
        return await this.#send(deed.lifeMs ?? undefined);
      case "edit":
      case "delete":
        return await this.#alter(deed.kind, deed.back);
      case "change":
        this.#retentionMs = deed.retentionMs || Infinity;
        return await this.#succeeds({ type: "change", room, retentionMs: deed.retentionMs });
      case "policy":
        this.#serverMs = deed.retentionMs || Infinity;
        return await this.#succeeds({ type: "policy", retentionMs: deed.retentionMs });
      case "hold":
        this.#held = deed.held;
        return await this.#succeeds({ type: "hold", room, held: deed.held });
      case "pass":
        return this.#bench.clock.advance(deed.ms);
      case "collect":
        return await this.#collect(deed.limit, deed.fails);
      case "restart":
        return await this.#restart(deed.ms);
    }
  }

  /** What both people see of the messages is what must be. */
  async check(): Promise<void> {
    for (const who of [this.#ana, this.#ben]) {
      const { messages } = await who.ask({ type: "history", room, limit: 200 });
      const seen = messages.filter(({ type, text }: Frame) => type === "message" && text !== undefined);
      assert.deepEqual(
        seen.map(({ seq, text }: Frame) => [seq, text]),
        this.#visible().map(({ seq, text }) => [seq, text]),
      );
    }
  }

  async collectAll(): Promise<void> {
    while (this.#over().length > 0) await this.#collect(100, false);
  }

  /** Nothing is left of what went, and each of them was told of once. */
  async checkAll(): Promise<void> {
    await this.check();
    const rows = [...this.#store.events.after(1, 0, 1_000)];
    const told = rows.flatMap(({ type, target, targets }) =>
      type === "deleted" ? [target] : type === "expired" ? targets : []
    );
    const gone = this.#messages.filter((message) => message.gone).map(({ seq }) => seq);
    assert.deepEqual(told.sort(), gone.sort());
    assert.deepEqual(rows.map(({ seq }) => seq), rows.map((_, index) => index + 1));
    for (const seq of gone) assert.equal(this.#store.details.revisionCount(1, seq), 0);
    const visible = this.#visible();
    const { results } = await this.#ben.ask({ type: "search", text: "tea", limit: 50 });
    assert.deepEqual(
      results.map(({ message }: Frame) => message.seq),
      visible.map(({ seq }) => seq).toReversed().slice(0, 50),
    );
    const { unread = 0 } = (await this.#bench.logIn(this.#ben.guest.account)).welcome.rooms[0];
    assert.equal(unread, Math.min(visible.length, 100));
  }

  async #send(lifeMs: number | undefined): Promise<void> {
    const text = `tea ${++this.#texts}`;
    const { seq, time, expires = Infinity } = await this.#ana.ask({ type: "send", room, text, lifeMs });
    this.#messages.push({ seq, time, expires, text, gone: false });
  }

  async #alter(type: "edit" | "delete", back: number): Promise<void> {
    const message = this.#messages.at(-1 - back);
    if (message === undefined) return;
    const text = `tea ${++this.#texts}`;
    const { code } = await this.#ana.ask({ type, room, seq: message.seq, text });
    const isSeen = this.#visible().includes(message);
    const isHeld = type === "delete" && this.#held;
    assert.equal(code, !isSeen ? "no_such_message" : isHeld ? "held" : undefined, type);
    if (code !== undefined) return;
    if (type === "edit") message.text = text;
    else message.gone = true;
  }

  async #succeeds(frame: Record<string, unknown>): Promise<void> {
    markProven(this.#bench.hub, this.#ana.guest);
    const { code } = await this.#ana.ask(frame);
    assert.equal(code, undefined);
  }

  /** Some of what is over goes, none of what is not; nothing if the disk fails. */
  async #collect(limit: number, fails: boolean): Promise<void> {
    const over = this.#over();
    const general = this.#bench.hub.rooms.named(room);
    assert.ok(general !== undefined);
    if (fails) this.#store.fail();
    const outcome = expireSome(this.#bench.hub, general, limit);
    this.#store.recover();
    await this.#bench.settle();
    assert.equal(outcome, over.length === 0 ? "done" : fails ? "failed" : "some");
    if (outcome !== "some") return;
    const { targets } = this.#ben.heard.findLast(({ type }) => type === "expired");
    assert.equal(targets.length, Math.min(limit, over.length));
    for (const target of targets) {
      const message = over.find(({ seq }) => seq === target);
      assert.ok(message !== undefined && !message.gone, `${target}`);
      message.gone = true;
    }
  }

  async #restart(ms: number): Promise<void> {
    const elapsed = this.#bench.clock.monotonic();
    const tokens = [this.#ana.token, this.#ben.token] as const;
    this.#bench = new TestHub({}, this.#store);
    this.#bench.clock.advance(Math.max(0, elapsed + ms));
    this.#ana = await this.#bench.comeBack(tokens[0]);
    this.#ben = await this.#bench.comeBack(tokens[1]);
  }

  #over(): Expected[] {
    if (this.#held) return [];
    const now = this.#bench.clock.now();
    const kept = Math.min(this.#retentionMs, this.#serverMs);
    return this.#messages.filter(({ gone, time, expires }) => !gone && Math.min(expires, time + kept) <= now);
  }

  #visible(): Expected[] {
    const over = new Set(this.#over());
    return this.#messages.filter((message) => !message.gone && !over.has(message));
  }
}
