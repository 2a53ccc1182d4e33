import assert from "node:assert/strict";
import { TestHub } from "../../kit/hub.ts";

async function setUp() {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  const { seq } = await ben.ask({ type: "send", room: "general", text: "secret @ana" });
  return { bench, ana, ben, seq, message: { room: "general", seq } };
}

Deno.test("of a deleted message nothing is left but its place, and what was done to it shows nothing of it", async () => {
  const { bench, ana, ben, message, seq } = await setUp();
  await ben.ask({ type: "edit", ...message, text: "less secret @ana @room" });
  await ana.ask({ type: "react", ...message, emoji: "👍" });
  await ana.ask({ type: "pin", ...message });
  const ok = await ben.ask({ type: "delete", ...message });
  const time = bench.clock.now();
  assert.deepEqual(ana.heard.findLast(({ type }) => type === "deleted"), {
    type: "deleted",
    room: "general",
    seq: ok.seq,
    time,
    target: seq,
    from: "ben",
  });
  const { messages } = await ana.ask({ type: "history", room: "general", after: seq - 1 });
  assert.deepEqual(messages, [
    { type: "message", seq, from: "ben", time, deleted: true },
    { type: "edited", seq: seq + 1, time, target: seq, from: "ben" },
    { type: "reacted", seq: seq + 2, time, target: seq, from: "ana" },
    { type: "pinned", seq: seq + 3, time, target: seq, from: "ana" },
    { type: "deleted", seq: seq + 4, time, target: seq, from: "ben" },
  ]);
  const { store } = bench;
  assert.deepEqual([...store.details.revisions(1, seq, 0)], []);
  assert.deepEqual(store.details.meant(1, seq), []);
  assert.deepEqual((await ana.ask({ type: "pins", room: "general" })).messages, []);
});

Deno.test("a message that is gone is gone for every verb", async () => {
  const { ben, message } = await setUp();
  await ben.ask({ type: "delete", ...message });
  const verbs = [
    { type: "delete" },
    { type: "edit", text: "again" },
    { type: "revisions" },
    { type: "react", emoji: "👍" },
    { type: "unreact", emoji: "👍" },
    { type: "pin" },
    { type: "unpin" },
  ];
  for (const verb of verbs) {
    assert.equal((await ben.ask({ ...message, ...verb })).code, "no_such_message", verb.type);
  }
  for (const more of [{ thread: message.seq }, { quote: message.seq }]) {
    const answer = await ben.ask({ type: "send", room: "general", text: "x", ...more });
    assert.equal(answer.code, "no_such_message");
  }
});

Deno.test("nothing is replied to a message whose deletion was decided in the same turn", async () => {
  const { bench, ana, ben, message } = await setUp();
  ben.say({ type: "delete", ...message });
  const id = ana.say({ type: "send", room: "general", text: "x", thread: message.seq });
  await bench.settle();
  assert.equal(ana.heard.find(({ re }) => re === id).code, "no_such_message");
});

Deno.test("the replies to a deleted message stay, and its thread is read as before", async () => {
  const { ana, ben, message, seq } = await setUp();
  await ana.ask({ type: "send", room: "general", text: "reply", thread: seq });
  await ben.ask({ type: "delete", ...message });
  const thread = await ana.ask({ type: "thread", ...message });
  assert.deepEqual([thread.root.deleted, thread.root.replies.count], [true, 1]);
  assert.deepEqual(thread.messages.map(({ text }: { text: string }) => text), ["reply"]);
});

Deno.test("a thread goes on whose first message was deleted, by its number and by that of a reply", async () => {
  const { ana, ben, message, seq } = await setUp();
  const reply = await ana.ask({ type: "send", room: "general", text: "one", thread: seq });
  await ben.ask({ type: "delete", ...message });
  for (const thread of [seq, reply.seq]) {
    const more = await ana.ask({ type: "send", room: "general", text: "more", thread });
    assert.deepEqual([more.type, more.thread], ["ok", seq]);
  }
  await ana.ask({ type: "delete", room: "general", seq: reply.seq });
  const answer = await ana.ask({ type: "send", room: "general", text: "x", thread: reply.seq });
  assert.equal(answer.code, "no_such_message");
});

Deno.test("a deleted reply is counted no more, and keeps its place in the thread", async () => {
  const { ana, seq } = await setUp();
  const first = await ana.ask({ type: "send", room: "general", text: "one", thread: seq });
  const second = await ana.ask({ type: "send", room: "general", text: "two", thread: seq });
  await ana.ask({ type: "delete", room: "general", seq: second.seq });
  const { root, messages } = await ana.ask({ type: "thread", room: "general", seq });
  assert.deepEqual(root.replies, { count: 1, seq: first.seq, from: ["ana"] });
  assert.deepEqual(messages.map(({ deleted }: { deleted?: true }) => deleted), [undefined, true]);
});

Deno.test("a nonce of a deleted message is still known", async () => {
  const { bench, ben } = await setUp();
  const send = { type: "send", room: "general", text: "x", nonce: "n" };
  const { seq } = await ben.ask(send);
  await ben.ask({ type: "delete", room: "general", seq });
  assert.equal((await ben.ask(send)).seq, seq);
  assert.equal(bench.hub.rooms.named("general")?.seq, seq + 1);
});
