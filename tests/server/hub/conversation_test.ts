import assert from "node:assert/strict";
import fc from "fast-check";
import { type AilingStore, ailingStore } from "../../kit/ailing_store.ts";
import { TestHub, type Visitor } from "../../kit/hub.ts";
import { type Outcome, ReferenceRoom, type Wish } from "../../kit/reference_room.ts";
import { ReplayedRoom } from "../../kit/replayed_room.ts";
import { fromSeed } from "../../kit/seed.ts";

// deno-lint-ignore no-explicit-any -- frames of any shape
type Frame = any;

const names = ["ana", "ben", "cleo", "dora"] as const;

/** Texts, and whom each of them means. */
const texts: Readonly<Record<string, readonly string[]>> = {
  "plain": [],
  "hello @ben": ["ben"],
  "@cleo and `@ben`, @Ana!": ["ana", "cleo"],
  "@room, @dora": ["dora", "@room"],
  "@here": ["@here"],
  "mail ana@ben.example": [],
};

/** One step: who, what, and numbers of which each kind of step takes what it needs. */
type Step = readonly [who: number, device: number, what: string, which: number, more: number];

const step: fc.Arbitrary<Step> = fc.tuple(
  fc.nat(names.length - 1),
  fc.nat(1),
  fc.constantFrom(
    ...[
      "send",
      "send",
      "send",
      "reply",
      "reply",
      "reply",
      "edit",
      "edit",
      "delete",
      "react",
      "react",
      "unreact",
    ],
    ...["pin", "unpin", "follow", "read_thread", "turn", "turn", "turn", "turn", "turn"],
    ...["fail", "recover", "recover", "archive"],
  ),
  fc.nat(1_000),
  fc.nat(1_000),
);

Deno.test("whatever people do to messages, while commits fail, history, threads and every client are as they must be", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 150, size: "max" }), async (steps) => {
      const play = await Play.begin();
      for (const each of [...opening, ...steps]) await play.take(each);
      await play.end();
    }),
    { ...fromSeed(), numRuns: 60 },
  );
});

/** Something to begin with. */
const opening: readonly Step[] = [0, 1, 2, 0, 1, 2, 0, 1].map((who) => [who, 0, "send", 1, who]);

interface Pending {
  readonly visitor: Visitor;
  readonly id: string;
  readonly outcome: Outcome;
}

class Play {
  readonly #store: AilingStore;
  readonly #bench: TestHub;
  readonly #people: ReadonlyMap<string, readonly Visitor[]>;
  readonly #asked: Map<Visitor, Map<string, Frame>> = new Map();
  #settled: ReferenceRoom;
  #decided: ReferenceRoom;
  #pending: Pending[] = [];
  #failing = false;

  constructor(store: AilingStore, bench: TestHub, people: ReadonlyMap<string, readonly Visitor[]>) {
    this.#store = store;
    this.#bench = bench;
    this.#people = people;
    const meaning = (text: string, from: string) => (texts[text] ?? []).filter((name) => name !== from);
    this.#settled = new ReferenceRoom(names.length, meaning, new Set(["ana"]), new Set(["dora"]));
    this.#decided = this.#settled.clone();
    for (const visitor of [...people.values()].flat()) this.#asked.set(visitor, new Map());
  }

  static async begin(): Promise<Play> {
    const store = ailingStore();
    // Commits come when the test wants them, however the clock goes.
    const bench = new TestHub({ gatherMs: 1e9 }, store);
    const people = new Map<string, readonly Visitor[]>();
    for (const name of names) {
      const visitor = await bench.newcomer(name);
      people.set(name, [visitor, await bench.logIn(visitor.guest.account)]);
    }
    const [dora] = people.get("dora") ?? [];
    const membership = dora?.guest.account.memberships.get("general");
    assert.ok(membership);
    membership.standing = "muted";
    return new Play(store, bench, people);
  }

  async take([who, device, what, which, more]: Step): Promise<void> {
    this.#bench.clock.advance(1);
    if (what === "turn") return await this.#turn();
    if (what === "fail" || what === "recover") return this.#ail(what);
    // Most of the time things can be said.
    if (what === "archive") {
      return this.#settled.archived || more % 8 === 0 ? await this.#archive() : undefined;
    }
    this.#ask(who, device, this.#wish(names[who] ?? "ana", what, which, more));
  }

  /** Everything is compared with what it must be. */
  async end(): Promise<void> {
    this.#ail("recover");
    await this.#turn();
    await this.#compareHistory(this.#bench);
    await this.#compareThreads();
    await this.#comparePins();
    await this.#compareRevisions();
    this.#compareClients();
    const again = new TestHub({}, this.#store);
    const [ana] = this.#people.get("ana") ?? [];
    await this.#compareHistory(again, await again.comeBack(ana?.token ?? ""));
  }

  #ail(how: "fail" | "recover"): void {
    this.#failing = how === "fail";
    this.#store[how]();
  }

  /** Archived or open again, as a moderator would have it. */
  async #archive(): Promise<void> {
    await this.#turn();
    const room = this.#bench.hub.rooms.named("general");
    assert.ok(room);
    const archived = !this.#settled.archived;
    room.row = { ...room.row, archived };
    this.#settled.archived = archived;
    this.#decided.archived = archived;
  }

  /** Any message, or sometimes none; mostly one of one's own where others' will not do, and else one of the first. */
  #someMessage(from: string, what: string, which: number): number {
    const own = (what === "edit" || what === "delete") && which % 4 !== 0;
    const messages = [...this.#decided.messages.values()].filter((said) => !own || said.from === from);
    const few = /react|pin/.test(what) && which % 4 !== 0;
    const seqs = messages.slice(0, few ? 3 : undefined).map(({ seq }) => seq);
    return seqs[which % (seqs.length + 1)] ?? which % 100;
  }

  #wish(from: string, what: string, which: number, more: number): Wish {
    const base = {
      from,
      time: this.#bench.clock.now(),
      seq: Math.max(1, this.#someMessage(from, what, which)),
    };
    const text = Object.keys(texts)[more % Object.keys(texts).length] ?? "";
    switch (what) {
      case "send":
        return { ...base, type: "send", text, ...(more % 5 === 0 ? { quote: base.seq } : {}) };
      case "reply":
        return { ...base, type: "send", text, thread: base.seq };
      case "edit":
        return { ...base, type: "edit", text };
      case "react":
      case "unreact":
        return { ...base, type: what, emoji: ["👍", "+1"][more % 2] ?? "" };
      case "follow":
        return { ...base, type: "follow", following: more % 2 === 0 };
      case "read_thread":
        return { ...base, type: "read_thread", read: more % 60 };
      case "delete":
      case "pin":
      case "unpin":
        return { ...base, type: what };
    }
    throw new Error(what);
  }

  #ask(who: number, device: number, wish: Wish): void {
    const visitor = this.#people.get(names[who] ?? "")?.[device];
    assert.ok(visitor);
    const { from: _from, time: _time, ...request } = wish;
    const frame: Frame = { ...request, room: "general" };
    if (wish.type === "send") delete frame.seq;
    const marks = wish.type === "follow" || wish.type === "read_thread" || wish.type === "send";
    // What changes a message is decided when everything before it in the room is on disk.
    if (!marks && this.#decided.seq !== this.#settled.seq) this.#commit();
    const outcome = this.#decided.do(wish);
    const id = visitor.say(frame);
    this.#asked.get(visitor)?.set(id, frame);
    this.#pending.push({ visitor, id, outcome });
  }

  async #turn(): Promise<void> {
    this.#commit();
    await this.#bench.settle();
    for (const { visitor, id, outcome } of this.#over) {
      const answer = visitor.sink.frames.findLast(({ re }) => re === id);
      assert.equal(
        told(answer),
        outcome === "noted" || outcome === "unchanged" ? "ok" : outcome,
        JSON.stringify([this.#asked.get(visitor)?.get(id), answer]),
      );
    }
    this.#over.length = 0;
  }

  readonly #over: { readonly visitor: Visitor; readonly id: string; readonly outcome: string }[] = [];

  /** What was decided is on disk, or taken back. */
  #commit(): void {
    const changes = this.#pending.some(({ outcome }) => outcome === "happened" || outcome === "noted");
    const lost = this.#failing && changes;
    for (const { visitor, id, outcome } of this.#pending) {
      const refused = lost && ["happened", "noted", "unchanged"].includes(outcome);
      this.#over.push({ visitor, id, outcome: refused ? "unavailable" : outcome });
    }
    this.#pending = [];
    if (lost) this.#decided = this.#settled.clone();
    this.#decided.settledSeq = this.#decided.seq;
    this.#settled = this.#decided.clone();
  }

  async #compareHistory(bench: TestHub, visitor = this.#people.get("ben")?.[0]): Promise<void> {
    assert.ok(visitor);
    const events: Frame[] = [];
    for (let more = true; more;) {
      const page = await visitor.ask({
        type: "history",
        room: "general",
        after: events.at(-1)?.seq ?? 0,
        limit: 7,
      });
      events.push(...page.messages);
      more = page.more;
    }
    await bench.settle();
    const room = this.#settled;
    const messages = [...room.messages.values()].map((said) => room.shown(said));
    const expected = [...messages, ...room.shownDeeds()].sort((one, other) => one.seq - other.seq);
    assert.deepEqual(events.slice(names.length), expected);
  }

  async #compareThreads(): Promise<void> {
    const room = this.#settled;
    for (const [name, [visitor]] of this.#people) {
      const followed = [];
      for (const root of [...room.messages.values()].filter(({ thread }) => thread === undefined)) {
        const answer = await visitor?.ask({ type: "thread", room: "general", seq: root.seq });
        const { following, read, unread } = answer;
        const stands = room.standing(name, root);
        assert.deepEqual({ following, read, unread }, stands, `${name} at ${root.seq}`);
        assert.deepEqual(answer.root, room.shown(root));
        const replies = [...room.messages.values()].filter(({ thread }) => thread === root.seq);
        assert.deepEqual(answer.messages, replies.map((each) => room.shown(each)));
        if (room.marks.get(`${name} ${root.seq}`)?.following) followed.push(root);
      }
      await this.#compareFollowed(name, visitor, followed.map((root) => root.seq));
    }
  }

  async #compareFollowed(name: string, visitor: Visitor | undefined, seqs: readonly number[]): Promise<void> {
    const room = this.#settled;
    const { threads, more } = await visitor?.ask({ type: "threads" });
    const expected = seqs.map((seq) => {
      const newest = room.repliesTo(seq).at(-1)?.seq ?? seq;
      const root = room.messages.get(seq);
      assert.ok(root);
      const { read, unread } = room.standing(name, root);
      return {
        room: "general",
        root: room.shown(root),
        newest,
        time: room.messages.get(newest)?.time,
        read,
        unread,
      };
    });
    assert.equal(more, false);
    assert.deepEqual(threads, expected.sort((one, other) => other.newest - one.newest), name);
  }

  async #comparePins(): Promise<void> {
    const [ben] = this.#people.get("ben") ?? [];
    const room = this.#settled;
    const { messages } = await ben?.ask({ type: "pins", room: "general" });
    const pinned = [...room.messages.values()].filter((said) => said.pinned).toReversed();
    assert.deepEqual(messages, pinned.map((said) => ({ room: "general", message: room.shown(said) })));
  }

  async #compareRevisions(): Promise<void> {
    const [ben] = this.#people.get("ben") ?? [];
    for (const { seq, texts: said } of this.#settled.messages.values()) {
      const answer = await ben?.ask({ type: "revisions", room: "general", seq });
      if (said.length === 0) assert.equal(answer.code, "no_such_message");
      else assert.deepEqual(answer.revisions, said.map(({ text, time }) => ({ text, time })));
    }
  }

  #compareClients(): void {
    const room = this.#settled;
    for (const [name, visitors] of this.#people) {
      for (const visitor of visitors) {
        const replayed = new ReplayedRoom(name);
        replayed.hear(visitor.heard, this.#asked.get(visitor) ?? new Map());
        assert.deepEqual(
          [...replayed.messages.values()].map((known) => replayed.shown(known)),
          [...room.messages.values()].map((said) => room.shown(said)),
          name,
        );
        for (const [key, { following }] of room.marks) {
          const [whose, seq] = key.split(" ");
          const root = room.messages.get(Number(seq));
          if (whose !== name || !following || root === undefined) continue;
          assert.deepEqual(
            replayed.threads.get(root.seq),
            room.standing(name, root),
            `${name} at ${root.seq}`,
          );
        }
      }
    }
  }
}

/** What an answer says of what came of a request. */
function told(answer: Frame): string {
  if (answer.type === "error") return answer.code;
  if (answer.time !== undefined) return "happened";
  return answer.re === undefined ? "nothing" : "ok";
}
