import assert from "node:assert/strict";
import { limits } from "../../../shared/protocol/mod.ts";
import { TestHub, type Visitor } from "../../kit/hub.ts";

interface Result {
  readonly room: string;
  readonly message: { readonly seq: number; readonly text: string };
  readonly before?: { readonly text?: string };
  readonly after?: { readonly text?: string };
}

/** ana and ben are in "general" and "ops", and said something there. */
async function company(): Promise<{ bench: TestHub; ana: Visitor; ben: Visitor }> {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  await ana.ask({ type: "create", room: "ops" });
  await ben.ask({ type: "join", room: "ops" });
  return { bench, ana, ben };
}

async function say(visitor: Visitor, text: string, more: object = {}): Promise<number> {
  const { seq } = await visitor.ask({ type: "send", room: "general", text, ...more });
  return seq;
}

async function texts(visitor: Visitor, wish: object): Promise<string[]> {
  const answer = await visitor.ask({ type: "search", ...wish });
  assert.equal(answer.type, "search", JSON.stringify(answer));
  assert.equal(answer.indexed, true);
  return answer.results.map(({ message }: Result) => message.text);
}

async function codeOf(visitor: Visitor, wish: object): Promise<string> {
  const { code } = await visitor.ask({ type: "search", ...wish });
  return code;
}

Deno.test("messages are found by their whole words, the newest first, over all rooms of the asker", async () => {
  const { ana, ben } = await company();
  await say(ana, "The ferry leaves at ten");
  await say(ben, "A FERRY, and a bus", { room: "ops" });
  await say(ana, "ferries and buses");
  assert.deepEqual(await texts(ben, { text: "ferry" }), ["A FERRY, and a bus", "The ferry leaves at ten"]);
  assert.deepEqual(await texts(ben, { text: "ferry bus" }), ["A FERRY, and a bus"]);
  assert.deepEqual(await texts(ben, { text: "bus ferry" }), ["A FERRY, and a bus"]);
  assert.deepEqual(await texts(ben, { text: '"bus ferry"' }), []);
  assert.deepEqual(await texts(ben, { text: '"ferry and"' }), ["A FERRY, and a bus"]);
  assert.deepEqual(await texts(ben, { text: "ferr" }), []);
});

Deno.test("a search is narrowed by room, person, time and what a message has", async () => {
  const { bench, ana, ben } = await company();
  await say(ana, "tea: https://tea.example");
  bench.clock.advance(60_000);
  const time = bench.clock.now();
  await say(ben, "tea for @ana", { room: "ops" });
  bench.clock.advance(60_000);
  await say(ben, "`tea()` for @nobody");
  const [link, mention, code] = ["tea: https://tea.example", "tea for @ana", "`tea()` for @nobody"];
  assert.deepEqual(await texts(ana, { text: "tea" }), [code, mention, link]);
  assert.deepEqual(await texts(ana, { text: "tea", room: "general" }), [code, link]);
  assert.deepEqual(await texts(ana, { text: "tea", from: "BEN" }), [code, mention]);
  assert.deepEqual(await texts(ana, { from: "ben", room: "ops" }), [mention]);
  assert.deepEqual(await texts(ana, { has: "link" }), [link]);
  assert.deepEqual(await texts(ana, { has: "code" }), [code]);
  assert.deepEqual(await texts(ana, { has: "mention" }), [mention]);
  assert.deepEqual(await texts(ana, { text: "tea", after: time }), [code]);
  assert.deepEqual(await texts(ana, { text: "tea", after: time - 1 }), [code, mention]);
  assert.deepEqual(await texts(ana, { text: "tea", until: time }), [mention, link]);
  assert.deepEqual(await texts(ana, { text: "tea", until: time - 1 }), [link]);
  assert.deepEqual(await texts(ana, { text: "tea", after: time + 7 * 24 * 3_600_000 }), []);
});

Deno.test("what narrows nothing, holds no word, or names what one may not know of is refused", async () => {
  const { ana, ben } = await company();
  await ana.ask({ type: "create", room: "board", access: "private" });
  assert.equal(await codeOf(ben, {}), "bad_request");
  assert.equal(await codeOf(ben, { after: 1 }), "bad_request");
  assert.equal(await codeOf(ben, { text: "?!" }), "text_invalid");
  const words = Array.from({ length: limits.searchWords + 1 }, (_, index) => `w${index}`);
  assert.equal(await codeOf(ben, { text: words.join(" ") }), "text_invalid");
  assert.deepEqual(await texts(ben, { text: words.slice(1).join(" ") }), []);
  assert.equal(await codeOf(ben, { text: "tea", from: "nobody" }), "no_such_user");
  assert.equal(await codeOf(ben, { text: "tea", room: "board" }), "not_a_member");
  assert.equal(await codeOf(ben, { text: "tea", room: "nowhere" }), "not_a_member");
});

Deno.test("nothing is found of rooms that one is not in, or not any more", async () => {
  const { ana, ben } = await company();
  await ana.ask({ type: "create", room: "board", access: "private" });
  await say(ana, "secret tea", { room: "board" });
  await say(ana, "open tea", { room: "ops" });
  assert.deepEqual(await texts(ana, { text: "tea" }), ["open tea", "secret tea"]);
  assert.deepEqual(await texts(ben, { text: "tea" }), ["open tea"]);
  await ben.ask({ type: "leave", room: "ops" });
  assert.deepEqual(await texts(ben, { text: "tea" }), []);
});

Deno.test("whoever is removed while a search waits for the disk finds nothing there", async () => {
  const { bench, ana, ben } = await company();
  await say(ana, "tea", { room: "ops" });
  ana.say({ type: "remove", room: "ops", username: "ben" });
  for (const wish of [{}, { room: "ops" }]) ben.say({ type: "search", text: "tea", ...wish });
  await bench.settle();
  for (const answer of ben.heard.filter(({ type }) => type === "search")) {
    assert.deepEqual(answer.results, []);
  }
});

Deno.test("a message is found by its present text alone, and not at all once it is deleted", async () => {
  const { ana } = await company();
  const seq = await say(ana, "green tea");
  assert.deepEqual(await texts(ana, { text: "green" }), ["green tea"]);
  await ana.ask({ type: "edit", room: "general", seq, text: "black tea" });
  assert.deepEqual(await texts(ana, { text: "green" }), []);
  assert.deepEqual(await texts(ana, { text: "black tea" }), ["black tea"]);
  await ana.ask({ type: "delete", room: "general", seq });
  assert.deepEqual(await texts(ana, { text: "tea" }), []);
  assert.deepEqual(await texts(ana, { from: "ana" }), []);
});

Deno.test("what is edited or deleted before it was indexed is found as it is", async () => {
  const { ana } = await company();
  const first = await say(ana, "green tea"), second = await say(ana, "white tea");
  await ana.ask({ type: "edit", room: "general", seq: first, text: "black tea" });
  await ana.ask({ type: "delete", room: "general", seq: second });
  assert.deepEqual(await texts(ana, { text: "tea" }), ["black tea"]);
  assert.deepEqual(await texts(ana, { text: "green" }), []);
});

Deno.test("a result comes with the messages that stand beside it, in the room or in the thread", async () => {
  const { ana, ben } = await company();
  const root = await say(ana, "one");
  await ben.ask({ type: "react", room: "general", seq: root, emoji: "👍" });
  await say(ben, "needle two", { thread: root });
  await say(ana, "needle three");
  await say(ana, "four", { thread: root });
  const gone = await say(ana, "five");
  await say(ana, "six");
  await ana.ask({ type: "delete", room: "general", seq: gone });
  const { results } = await ana.ask({ type: "search", text: "needle" });
  assert.deepEqual(
    results.map(({ before, message, after }: Result) => [before?.text, message.text, after?.text]),
    [["one", "needle three", "six"], ["one", "needle two", "four"]],
  );
  const [{ before }] = (await ana.ask({ type: "search", text: "three" })).results;
  assert.deepEqual(before.reactions, [{ emoji: "👍", from: ["ben"] }]);
});

Deno.test("a message of a room that stands alone has nothing beside it", async () => {
  const { ana } = await company();
  await say(ana, "alone", { room: "ops" });
  const { results } = await ana.ask({ type: "search", text: "alone" });
  assert.deepEqual(Object.keys(results[0]), ["room", "message"]);
});

Deno.test("pages follow each other without a gap, and the last one says so", async () => {
  const { ana } = await company();
  for (let count = 0; count < 25; count++) await say(ana, `tea ${count}`);
  const pages: string[][] = [];
  for (let before: number | undefined, more = true; more;) {
    const answer = await ana.ask({ type: "search", text: "tea", before, limit: 10 });
    pages.push(answer.results.map(({ message }: Result) => message.text));
    before = answer.next;
    more = before !== undefined;
  }
  assert.deepEqual(pages.map((page) => page.length), [10, 10, 5]);
  assert.deepEqual(pages.flat(), Array.from({ length: 25 }, (_, index) => `tea ${24 - index}`));
  const { results } = await ana.ask({ type: "search", text: "tea" });
  assert.equal(results.length, limits.searchResultsDefault);
});

Deno.test("long results make a shorter page, which says where to go on", async () => {
  const { ana } = await company();
  for (let count = 0; count < 30; count++) await say(ana, `tea ${count} ${"ü".repeat(7_900)}`);
  const first = await ana.ask({ type: "search", text: "tea", limit: 50 });
  assert.ok(first.results.length < 30);
  const second = await ana.ask({ type: "search", text: "tea", limit: 50, before: first.next });
  const last = first.results.at(-1).message.seq, next = second.results[0].message.seq;
  assert.equal(last - next, 1);
});

Deno.test("a search that takes too long tells what it has and where to go on", async () => {
  const { bench, ana } = await company();
  for (let count = 0; count < 5; count++) await say(ana, `tea ${count}`);
  const monotonic = bench.clock.monotonic;
  const slow = {
    ...bench.world,
    clock: { ...bench.clock, monotonic: () => (bench.clock.advance(10), monotonic()) },
  };
  Object.assign(bench.hub, { world: slow });
  const { results, next } = await ana.ask({ type: "search", text: "tea" });
  assert.ok(results.length < 5);
  Object.assign(bench.hub, { world: bench.world });
  const rest = await ana.ask({ type: "search", text: "tea", before: next });
  assert.equal(results.length + rest.results.length, 5);
});

Deno.test("a guest cannot ask for messages of somebody of whom they may not know", async () => {
  const { bench, ana } = await company();
  const guest = await bench.newcomerAs("guest", "gus");
  await guest.ask({ type: "leave", room: "general" });
  assert.equal(await codeOf(guest, { from: "ana" }), "no_such_user");
  await say(ana, "tea");
  assert.deepEqual(await texts(guest, { text: "tea" }), []);
});
