/** People who talk in several scripts, edit, delete, come and go at random: what is found is what a look at every message finds. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { openStore } from "../../../server/store/mod.ts";
import { TestHub, type Visitor } from "../../kit/hub.ts";
import { fromSeed } from "../../kit/seed.ts";

/** Words that are the same to a search, each in the ways in which people write it. */
const words = [
  ["tea", "Tea", "TEA", "ｔｅａ"],
  ["café", "CAFE", "cafe\u0301", "Café"],
  ["Straße", "STRASSE", "strasse"],
  ["σοφός", "ΣΟΦΟΣ"],
  ["ещё", "ЕЩЕ"],
  ["كِتَاب", "كتاب"],
  ["हिन्दी"],
  ["東京"],
  ["京都"],
  ["학교"],
  ["ไทย"],
  ["🚀"],
  ["42"],
] as const;

const links = ["", "", "", "https://a.example"], separators = [" ", "  ", ", ", "\n", " — "];
const names = ["ana", "ben", "cleo"] as const, rooms = ["general", "ops"] as const;

/** A text with what a look at it must find. */
interface Text {
  readonly text: string;
  readonly words: readonly number[];
  readonly hasLink: boolean;
}

const text: fc.Arbitrary<Text> = fc.record({
  picks: fc.array(fc.tuple(fc.nat(words.length - 1), fc.nat(3), fc.constantFrom(...separators)), {
    minLength: 1,
    maxLength: 6,
  }),
  link: fc.constantFrom(...links),
}).map(({ picks, link }) => ({
  text: `${picks.map(([word, way, separator]) => written(word, way) + separator).join("")}${link || "."}`,
  words: picks.map(([word]) => word),
  hasLink: link !== "",
}));

function written(word: number, way: number): string {
  const ways = words[word] ?? [];
  return ways[way % ways.length] ?? "";
}

interface Question {
  /** Words by their numbers; those of one group stand side by side. */
  readonly groups: readonly (readonly number[])[];
  readonly way: number;
  readonly room: string | undefined;
  readonly from: string | undefined;
  readonly has: "link" | undefined;
  readonly after: number | undefined;
  readonly until: number | undefined;
}

const anyWord = fc.nat(words.length - 1);
const question: fc.Arbitrary<Question> = fc.record({
  groups: fc.array(fc.array(anyWord, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 }),
  way: fc.nat(3),
  room: fc.option(fc.constantFrom(...rooms), { nil: undefined, freq: 1 }),
  from: fc.option(fc.constantFrom(...names), { nil: undefined, freq: 1 }),
  has: fc.option(fc.constant("link" as const), { nil: undefined, freq: 1 }),
  after: fc.option(fc.nat(48), { nil: undefined, freq: 1 }),
  until: fc.option(fc.nat(48), { nil: undefined, freq: 1 }),
});

const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("send" as const), text, reply: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("edit" as const), text }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom("delete" as const, "join", "leave", "index", "settle", "restart"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("clock" as const), hours: fc.integer({ min: -1, max: 8 }) }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("ask" as const), question }) },
).chain((what) =>
  fc.record({ what: fc.constant(what), person: fc.nat(2), room: fc.nat(1), back: fc.nat(8) })
);

Deno.test("whatever people do, a search finds what a look at every message finds", () =>
  fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 60, size: "max" }), async (actions) => {
      const company = await Company.gather();
      for (const { what, person, room, back } of actions) {
        const name = names[person] ?? "ana", roomName = rooms[room] ?? "general";
        switch (what.kind) {
          case "send":
            await company.send(name, roomName, what.text, what.reply ? back : undefined);
            break;
          case "edit":
            await company.change(
              roomName,
              back,
              (seq) => ({ type: "edit", room: roomName, seq, text: what.text.text }),
              what.text,
            );
            break;
          case "delete":
            await company.change(
              roomName,
              back,
              (seq) => ({ type: "delete", room: roomName, seq }),
              undefined,
            );
            break;
          case "clock":
            company.bench.clock.advance(Math.max(0, what.hours) * 3_600_000);
            break;
          case "ask":
            await company.compare(name, what.question);
            break;
          case "index":
            company.bench.store.search.advance((done) => done >= 2);
            break;
          case "settle":
            await company.bench.settle();
            break;
          case "restart":
            await company.restart();
            break;
          default:
            await company.visitor(name).ask({ type: what.kind, room: roomName });
        }
      }
      await company.compare("ana", { ...everything, from: "ben" });
    }),
    { ...fromSeed(), numRuns: 60 },
  ));

const everything: Question = {
  groups: [],
  way: 0,
  room: undefined,
  from: undefined,
  has: undefined,
  after: undefined,
  until: undefined,
};

interface Said extends Text {
  readonly room: string;
  readonly seq: number;
  readonly from: string;
  readonly time: number;
}

/** Three people, and a list of what they said. */
class Company {
  bench: TestHub = new TestHub({}, openStore(":memory:"));
  readonly #visitors: Map<string, Visitor> = new Map();
  /** In the order in which it was said; without what was deleted. */
  #said: Said[] = [];

  static async gather(): Promise<Company> {
    const company = new Company();
    for (const name of names) company.#visitors.set(name, await company.bench.newcomer(name));
    await company.visitor("ana").ask({ type: "create", room: "ops" });
    return company;
  }

  visitor(name: string): Visitor {
    const visitor = this.#visitors.get(name);
    assert.ok(visitor);
    return visitor;
  }

  async send(
    from: string,
    room: string,
    { text, words, hasLink }: Text,
    back: number | undefined,
  ): Promise<void> {
    const thread = back === undefined ? undefined : this.#at(room, back)?.seq;
    const answer = await this.visitor(from).ask({ type: "send", room, text, thread });
    if (answer.type !== "ok") return assert.equal(answer.code, "not_a_member");
    this.#said.push({ text, words, hasLink, room, seq: answer.seq, from, time: answer.time });
  }

  /** Asks for it in the name of whoever said the message; undefined takes it away. */
  async change(
    room: string,
    back: number,
    frame: (seq: number) => object,
    text: Text | undefined,
  ): Promise<void> {
    const message = this.#at(room, back);
    if (message === undefined) return;
    const { type } = await this.visitor(message.from).ask(frame(message.seq));
    if (type === "error") return;
    this.#said = this.#said.flatMap((said) =>
      said !== message ? [said] : text === undefined ? [] : [{ ...said, ...text }]
    );
  }

  /** The process ends and another one begins. */
  async restart(): Promise<void> {
    const { store, clock } = this.bench;
    const tokens = names.map((name) => this.visitor(name).token);
    this.bench = new TestHub({}, store);
    this.bench.clock.advance(clock.now() - this.bench.clock.now());
    for (const [index, name] of names.entries()) {
      this.#visitors.set(name, await this.bench.comeBack(tokens[index] ?? ""));
    }
  }

  async compare(asker: string, question: Question): Promise<void> {
    const start = Date.UTC(2026, 0, 1);
    const after = question.after === undefined ? undefined : start + question.after * 3_600_000;
    const until = question.until === undefined ? undefined : start + question.until * 3_600_000;
    const groups = question.groups.map((group) => group.map((word) => written(word, question.way)));
    const text = groups.length === 0 ? undefined : groups.map((group) => `"${group.join(" ")}"`).join(" ");
    const { room, from, has } = question;
    const visitor = this.visitor(asker);
    if (room !== undefined && !visitor.guest.account.memberships.has(room)) return;
    const expected = this.#said.filter((said) =>
      visitor.guest.account.memberships.has(said.room) &&
      (room === undefined || said.room === room) && (from === undefined || said.from === from) &&
      (has === undefined || said.hasLink) && (after === undefined || said.time > after) &&
      (until === undefined || said.time <= until) &&
      question.groups.every((group) => holds(said.words, group))
    ).map((said) => `${said.room} ${said.seq} ${said.text}`).reverse();
    assert.deepEqual(await this.#found(visitor, { text, room, from, has, after, until }), expected);
  }

  async #found(visitor: Visitor, wish: object): Promise<string[]> {
    const found: string[] = [];
    for (let before: number | undefined, more = true; more;) {
      const answer = await visitor.ask({ type: "search", ...wish, before, limit: 3 });
      assert.equal(answer.indexed, true, JSON.stringify(answer));
      for (const { room, message } of answer.results) found.push(`${room} ${message.seq} ${message.text}`);
      before = answer.next;
      more = before !== undefined;
    }
    return found;
  }

  #at(room: string, back: number): Said | undefined {
    return this.#said.filter((said) => said.room === room).at(-1 - back);
  }
}

/** Whether the words of `group` stand side by side. */
function holds(words: readonly number[], group: readonly number[]): boolean {
  return words.some((_, start) => group.every((word, index) => words[start + index] === word));
}
