import assert from "node:assert/strict";
import { TestHub, type Visitor } from "../../kit/hub.ts";

async function setUp() {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"),
    ben = await bench.newcomer("ben"),
    cleo = await bench.newcomer("cleo");
  const { seq } = await ana.ask({ type: "send", room: "general", text: "Tea?" });
  const reply = async (visitor: Visitor, text: string, thread = seq): Promise<number> => {
    bench.clock.advance(1);
    return (await visitor.ask({ type: "send", room: "general", text, thread })).seq;
  };
  const stands = async (visitor: Visitor) => {
    const { following, read, unread } = await visitor.ask({ type: "thread", room: "general", seq });
    return [following, read, unread];
  };
  return { bench, ana, ben, cleo, seq, reply, stands };
}

function signals(visitor: Visitor): unknown[] {
  return visitor.heard.filter(({ type, re }) => type === "thread" && re === undefined)
    .map(({ seq, following, read, unread }) => [seq, following, read, unread]);
}

Deno.test("a reply is told to everybody with its thread, and the first message counts it", async () => {
  const { ben, cleo, seq, reply } = await setUp();
  const one = await reply(ben, "Yes");
  assert.equal(cleo.heard.at(-1).thread, seq);
  const two = await reply(cleo, "Me too");
  const three = await reply(ben, "Good");
  const { messages: [root] } = await ben.ask({ type: "history", room: "general", after: seq - 1 });
  assert.deepEqual(root.replies, { count: 3, seq: three, from: ["ben", "cleo"] });
  const thread = await cleo.ask({ type: "thread", room: "general", seq });
  assert.deepEqual(thread.root, root);
  assert.deepEqual(thread.messages.map((each: { seq: number }) => each.seq), [one, two, three]);
});

Deno.test("the last three people who replied are named, the last one first", async () => {
  const { bench, ana, ben, cleo, seq, reply } = await setUp();
  const dora = await bench.newcomer("dora");
  for (const visitor of [ana, ben, cleo, dora, ben]) await reply(visitor, "x");
  const { root } = await ana.ask({ type: "thread", room: "general", seq });
  assert.deepEqual(root.replies.from, ["ben", "dora", "cleo"]);
});

Deno.test("a reply to a reply is one to the first message, and the answer tells so", async () => {
  const { ben, cleo, seq, reply } = await setUp();
  const one = await reply(ben, "Yes");
  const ok = await cleo.ask({ type: "send", room: "general", text: "Me too", thread: one });
  assert.equal(ok.thread, seq);
  const { root, messages } = await cleo.ask({ type: "thread", room: "general", seq: ok.seq });
  assert.deepEqual([root.seq, messages.length], [seq, 2]);
});

Deno.test("nothing is replied to what is no message", async () => {
  const { ben, seq } = await setUp();
  for (const thread of [1, seq + 1, 1_000]) {
    assert.equal(
      (await ben.ask({ type: "send", room: "general", text: "x", thread })).code,
      "no_such_message",
    );
    assert.equal((await ben.ask({ type: "thread", room: "general", seq: thread })).code, "no_such_message");
  }
});

Deno.test("a thread is paged as a room is", async () => {
  const { ben, seq, reply } = await setUp();
  const seqs = [];
  for (let number = 0; number < 5; number++) seqs.push(await reply(ben, "x"));
  const page = async (wish: Record<string, number>) => {
    const answer = await ben.ask({ type: "thread", room: "general", seq, ...wish });
    return answer.code ?? [answer.messages.map((each: { seq: number }) => each.seq), answer.more];
  };
  assert.deepEqual(await page({ limit: 2 }), [seqs.slice(3), true]);
  assert.deepEqual(await page({ limit: 2, before: seqs[2] ?? 0 }), [seqs.slice(0, 2), false]);
  assert.deepEqual(await page({ limit: 2, after: 0 }), [seqs.slice(0, 2), true]);
  assert.deepEqual(await page({ after: seqs[3] ?? 0 }), [seqs.slice(4), false]);
  assert.equal(await page({ after: 0, before: 9 }), "bad_request");
});

Deno.test("whoever began a thread, replies or is named there follows it, on all their devices", async () => {
  const { bench, ana, ben, cleo, seq, reply, stands } = await setUp();
  const phone = await bench.logIn(ana.guest.account);
  assert.deepEqual(await stands(ana), [true, seq, 0]);
  assert.deepEqual(await stands(ben), [false, seq, 0]);
  const one = await reply(ben, "Yes");
  for (const visitor of [ana, phone]) assert.deepEqual(signals(visitor), [[seq, true, seq, 1]]);
  assert.deepEqual(signals(ben), [[seq, true, one, 0]]);
  assert.deepEqual(signals(cleo), []);
  await reply(ben, "Indeed");
  assert.deepEqual(await stands(cleo), [false, seq, 2]);
  const three = await reply(ben, "And you, @cleo?");
  assert.deepEqual(signals(cleo), [[seq, true, three - 1, 1]]);
  assert.deepEqual(await stands(ana), [true, seq, 3]);
  assert.deepEqual(await stands(ben), [true, three, 0]);
});

Deno.test("a call of everybody makes nobody follow", async () => {
  const { ben, cleo, reply, stands } = await setUp();
  await reply(ben, "@room");
  assert.equal((await stands(cleo))[0], false);
});

Deno.test("what somebody has decided about a thread holds, until they decide again", async () => {
  const { ana, ben, seq, reply, stands } = await setUp();
  await ana.ask({ type: "follow", room: "general", seq, following: false });
  await reply(ben, "@ana");
  await reply(ana, "Yes");
  assert.equal((await stands(ana))[0], false);
  await ana.ask({ type: "follow", room: "general", seq, following: true });
  assert.deepEqual(signals(ana).at(-1), [seq, true, seq + 2, 0]);
});

Deno.test("reading in a thread decides nothing about following it", async () => {
  const { ben, cleo, seq, reply, stands } = await setUp();
  const one = await reply(ben, "Yes");
  await cleo.ask({ type: "read_thread", room: "general", seq, read: one });
  assert.deepEqual(await stands(cleo), [false, one, 0]);
  const two = await reply(ben, "@cleo");
  assert.deepEqual(await stands(cleo), [true, two - 1, 1]);
});

Deno.test("a thread's mark goes forward only, never beyond what there is, and is told to all sessions", async () => {
  const { bench, ana, ben, seq, reply } = await setUp();
  const phone = await bench.logIn(ana.guest.account);
  const one = await reply(ben, "Yes"), two = await reply(ben, "Indeed");
  const mark = async (read: number) =>
    (await ana.ask({ type: "read_thread", room: "general", seq: one, read })).seq;
  assert.equal(await mark(one), one);
  for (const visitor of [ana, phone]) assert.deepEqual(signals(visitor).at(-1), [seq, true, one, 1]);
  assert.equal(await mark(1), one);
  assert.equal(await mark(1_000), two);
  assert.deepEqual(signals(phone).at(-1), [seq, true, two, 0]);
});

Deno.test("a reply that is deleted is unread no more", async () => {
  const { ana, ben, seq, reply } = await setUp();
  const one = await reply(ben, "Yes");
  await reply(ben, "Indeed");
  await ben.ask({ type: "delete", room: "general", seq: one });
  assert.deepEqual(signals(ana).at(-1), [seq, true, seq, 1]);
});

Deno.test("threads lists those that one follows, the newest reply first, page by page", async () => {
  const { bench, ana, ben, reply } = await setUp();
  const roots: number[] = [];
  for (let number = 0; number < 60; number++) {
    const { seq } = await ana.ask({ type: "send", room: "general", text: `${number}` });
    // Some come within the same millisecond.
    if (number % 7 === 0) bench.clock.advance(1);
    await ben.ask({ type: "send", room: "general", text: "x", thread: seq });
    roots.unshift(seq);
  }
  await reply(ben, "newest", roots[59]);
  const found: number[] = [];
  let before: number | undefined;
  for (let more = true; more;) {
    const page = await ana.ask({ type: "threads", before });
    found.push(...page.threads.map(({ root }: { root: { seq: number } }) => root.seq));
    more = page.more;
    before = page.threads.at(-1)?.time;
  }
  assert.deepEqual(found, [roots[59], ...roots.slice(0, 59)]);
});

Deno.test("threads of a room that one has left are not listed, and nothing is told of them", async () => {
  const { ana, ben, seq, reply } = await setUp();
  await reply(ben, "Yes");
  await ana.ask({ type: "leave", room: "general" });
  assert.deepEqual((await ana.ask({ type: "threads" })).threads, []);
  const before = signals(ana).length;
  await ben.ask({ type: "delete", room: "general", seq: seq + 1 });
  assert.equal(signals(ana).length, before);
});
