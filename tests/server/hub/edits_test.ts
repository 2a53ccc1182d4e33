import assert from "node:assert/strict";
import { limits } from "../../../shared/protocol/mod.ts";
import { TestHub, type Visitor } from "../../kit/hub.ts";

async function setUp(): Promise<{ bench: TestHub; ana: Visitor; ben: Visitor; seq: number }> {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  const { seq } = await ana.ask({ type: "send", room: "general", text: "frist" });
  return { bench, ana, ben, seq };
}

Deno.test("an edit is an event of its own, and history has the message with its text of today", async () => {
  const { bench, ana, ben, seq } = await setUp();
  const time = bench.clock.now();
  bench.clock.advance(5);
  const edited = time + 5;
  const ok = await ana.ask({ type: "edit", room: "general", seq, text: "first" });
  assert.deepEqual(ok, { type: "ok", re: ok.re, room: "general", seq: seq + 1, time: edited });
  const push = { type: "edited", seq: seq + 1, time: edited, target: seq, from: "ana", text: "first" };
  assert.deepEqual(ben.heard.at(-1), { ...push, room: "general" });
  const { messages } = await ben.ask({ type: "history", room: "general", after: seq - 1 });
  assert.deepEqual(messages, [{ type: "message", seq, from: "ana", time, text: "first", edited }, push]);
});

Deno.test("an event of an edit has the text of today, wherever the page with it begins", async () => {
  const { ana, ben, seq } = await setUp();
  for (const text of ["second", "third @ben"]) await ana.ask({ type: "edit", room: "general", seq, text });
  const { messages } = await ben.ask({ type: "history", room: "general", after: seq });
  assert.deepEqual(
    messages.map(({ text, mentions }: Record<string, unknown>) => [text, mentions]),
    Array(2).fill(["third @ben", ["ben"]]),
  );
});

Deno.test("the same text again is ok, and nothing happens", async () => {
  const { ana, ben, seq } = await setUp();
  const ok = await ana.ask({ type: "edit", room: "general", seq, text: "frist" });
  assert.deepEqual(ok, { type: "ok", re: ok.re, room: "general", seq });
  assert.ok(!ben.heard.some(({ type }) => type === "edited"));
});

Deno.test("two edits in one turn, and one of what was said in it, come in their order", async () => {
  const { bench, ana, ben, seq } = await setUp();
  ana.say({ type: "send", room: "general", text: "new" });
  for (const text of ["a", "b"]) ana.say({ type: "edit", room: "general", seq, text });
  ana.say({ type: "edit", room: "general", seq: seq + 1, text: "newer" });
  await bench.settle();
  const events = ben.heard.slice(-4).map(({ seq: place, type, text }) => [place - seq, type, text]);
  assert.deepEqual(events, [[1, "message", "new"], [2, "edited", "a"], [3, "edited", "b"], [
    4,
    "edited",
    "newer",
  ]]);
});

Deno.test("revisions are all texts with their times, and go on after as many as one has", async () => {
  const { bench, ana, ben, seq } = await setUp();
  const start = bench.clock.now();
  for (const text of ["second", "third"]) {
    bench.clock.advance(5);
    await ana.ask({ type: "edit", room: "general", seq, text });
  }
  const revisions = async (after?: number) =>
    (await ben.ask({ type: "revisions", room: "general", seq, after })).revisions;
  const all = [
    { text: "frist", time: start },
    { text: "second", time: start + 5 },
    { text: "third", time: start + 10 },
  ];
  assert.deepEqual(await revisions(), all);
  for (const after of [1, 2, 3, 9]) assert.deepEqual(await revisions(after), all.slice(after));
});

Deno.test("many long revisions come in pages that together have each of them once", async () => {
  const { ana, seq } = await setUp();
  const long = "😀".repeat(7_990);
  const texts = ["frist"];
  for (let number = 1; number <= 20; number++) texts.push(`${number} ${long}`);
  for (const text of texts.slice(1)) await ana.ask({ type: "edit", room: "general", seq, text });
  const found: string[] = [];
  let pages = 0;
  for (let more = true; more; pages++) {
    const page = await ana.ask({ type: "revisions", room: "general", seq, after: found.length });
    found.push(...page.revisions.map(({ text }: { text: string }) => text));
    more = page.more;
  }
  assert.deepEqual(found, texts);
  assert.ok(pages > 1);
});

Deno.test("a message is changed so often and no more", async () => {
  const { ana, seq } = await setUp();
  for (let number = 1; number <= limits.revisionsPerMessage; number++) {
    assert.equal((await ana.ask({ type: "edit", room: "general", seq, text: `${number}` })).type, "ok");
  }
  assert.equal((await ana.ask({ type: "edit", room: "general", seq, text: "once more" })).code, "forbidden");
});
