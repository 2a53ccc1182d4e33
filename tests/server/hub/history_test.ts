import assert from "node:assert/strict";
import { limits } from "../../../shared/protocol/mod.ts";
import { TestHub, type Visitor } from "../../kit/hub.ts";

/** A room with the events 1 (its maker's joining) to `last`. */
async function roomUpTo(last: number, text: string = "x"): Promise<{ bench: TestHub; ana: Visitor }> {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  for (let seq = 2; seq <= last; seq++) ana.say({ type: "send", room: "general", text });
  await bench.settle();
  return { bench, ana };
}

async function page(
  visitor: Visitor,
  wish: Readonly<Record<string, number | undefined>>,
): Promise<[number[], boolean]> {
  const answer = await visitor.ask({ type: "history", room: "general", ...wish });
  assert.equal(answer.type, "history", JSON.stringify(answer));
  return [answer.messages.map(({ seq }: { seq: number }) => seq), answer.more];
}

Deno.test("history is the newest events, oldest first, 50 unless asked otherwise", async () => {
  const { ana } = await roomUpTo(60);
  assert.deepEqual(await page(ana, {}), [range(11, 60), true]);
  assert.deepEqual(await page(ana, { limit: 3 }), [[58, 59, 60], true]);
  assert.deepEqual(await page(ana, { limit: 60 }), [range(1, 60), false]);
});

Deno.test("before and after are exclusive, and more says whether the paging goes on", async () => {
  const { ana } = await roomUpTo(10);
  assert.deepEqual(await page(ana, { before: 4 }), [[1, 2, 3], false]);
  assert.deepEqual(await page(ana, { before: 4, limit: 2 }), [[2, 3], true]);
  assert.deepEqual(await page(ana, { after: 7 }), [[8, 9, 10], false]);
  assert.deepEqual(await page(ana, { after: 7, limit: 2 }), [[8, 9], true]);
  assert.deepEqual(await page(ana, { after: 0, limit: 2 }), [[1, 2], true]);
});

Deno.test("at the ends of a room there is nothing, and that is no error", async () => {
  const { ana } = await roomUpTo(3);
  for (const wish of [{ before: 0 }, { before: 1 }, { after: 3 }, { after: Number.MAX_SAFE_INTEGER }]) {
    assert.deepEqual(await page(ana, wish), [[], false]);
  }
  assert.deepEqual(await page(ana, { before: Number.MAX_SAFE_INTEGER }), [[1, 2, 3], false]);
});

Deno.test("around a place come those on both sides, and more tells of the newer ones", async () => {
  const { ana } = await roomUpTo(10);
  assert.deepEqual(await page(ana, { around: 5, limit: 4 }), [[3, 4, 5, 6], true]);
  assert.deepEqual(await page(ana, { around: 5, limit: 5 }), [[3, 4, 5, 6, 7], true]);
  assert.deepEqual(await page(ana, { around: 5, limit: 1 }), [[5], true]);
  assert.deepEqual(await page(ana, { around: 1, limit: 4 }), [[1, 2], true]);
  assert.deepEqual(await page(ana, { around: 9, limit: 4 }), [[7, 8, 9, 10], false]);
  assert.deepEqual(await page(ana, { around: 5 }), [range(1, 10), false]);
  assert.deepEqual(await page(ana, { around: 1_000, limit: 4 }), [[9, 10], false]);
});

Deno.test("around a place among long messages the place itself is in the page, which fits its line", async () => {
  const { ana } = await roomUpTo(30, "😀".repeat(8_000));
  const [seqs, more] = await page(ana, { around: 15, limit: 20 });
  assert.deepEqual([seqs, more], [range(11, 18), true]);
  assert.ok(Math.max(...ana.sink.writes.map(({ length }) => length)) <= limits.serverLineBytes);
});

Deno.test("more than one place is a bad request", async () => {
  const { ana } = await roomUpTo(3);
  for (const wish of [{ before: 3, after: 1 }, { before: 3, around: 1 }, { after: 3, around: 1 }]) {
    const answer = await ana.ask({ type: "history", room: "general", ...wish });
    assert.equal(answer.code, "bad_request");
  }
});

Deno.test("a page ends at 256 KiB in either direction, and paging on finds every event once", async () => {
  const { ana } = await roomUpTo(30, "😀".repeat(8_000));
  const [newest, moreBefore] = await page(ana, { limit: 200 });
  assert.deepEqual([newest.length, newest.at(-1), moreBefore], [8, 30, true]);
  const longest = Math.max(...ana.sink.writes.map((text) => new TextEncoder().encode(text).length));
  assert.ok(longest <= limits.serverLineBytes);

  const forwards: number[] = [];
  for (let more = true; more;) {
    const [seqs, goesOn] = await page(ana, { after: forwards.at(-1) ?? 0, limit: 200 });
    forwards.push(...seqs);
    more = goesOn;
  }
  assert.deepEqual(forwards, range(1, 30));
  const backwards: number[] = [];
  for (let more = true; more;) {
    const [seqs, goesOn] = await page(ana, { before: backwards[0] ?? 31, limit: 200 });
    backwards.unshift(...seqs);
    more = goesOn;
  }
  assert.deepEqual(backwards, range(1, 30));
});

Deno.test("a newcomer may read what was said before", async () => {
  const { bench } = await roomUpTo(5);
  const ben = await bench.newcomer("ben");
  assert.deepEqual(await page(ben, {}), [range(1, 6), false]);
});

Deno.test("history has each kind of event with what belongs to it", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  await ana.ask({ type: "send", room: "general", text: "hi" });
  await ben.ask({ type: "leave", room: "general" });
  const time = bench.clock.now();
  assert.deepEqual((await ana.ask({ type: "history", room: "general" })).messages, [
    { type: "joined", seq: 1, username: "ana", time },
    { type: "joined", seq: 2, username: "ben", time },
    { type: "message", seq: 3, from: "ana", time, text: "hi" },
    { type: "left", seq: 4, username: "ben", time },
  ]);
});

Deno.test("history shows nothing that is decided and not yet on disk", async () => {
  const { bench, ana } = await roomUpTo(2);
  ana.say({ type: "send", room: "general", text: "pending" });
  const id = ana.say({ type: "history", room: "general" });
  await bench.settle();
  assert.equal(ana.heard.find(({ re }) => re === id).messages.length, 2);
});

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

Deno.test("a page of messages with many reactions ends early, and paging goes on where it ended", async () => {
  const { bench, ana } = await roomUpTo(61);
  for (let seq = 2; seq <= 61; seq++) {
    for (let kind = 0; kind < limits.emojiPerMessage; kind++) {
      ana.say({ type: "react", room: "general", seq, emoji: `e${kind}` });
    }
  }
  await bench.settle();
  const most = limits.reactionsPerMessage / limits.emojiPerMessage;
  assert.deepEqual(await page(ana, { after: 1, limit: 60 }), [range(2, 1 + most), true]);
  assert.deepEqual(await page(ana, { before: 62, limit: 60 }), [range(62 - most, 61), true]);
  assert.deepEqual(await page(ana, { before: 62 - most, limit: 60 }), [range(1, 61 - most), false]);
});
