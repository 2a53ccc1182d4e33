import assert from "node:assert/strict";
import { limits } from "../../../shared/protocol/mod.ts";
import type { Change } from "../../../server/store/mod.ts";
import { TestHub } from "../../kit/hub.ts";

async function setUp() {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  const { seq } = await ana.ask({ type: "send", room: "general", text: "Tea?" });
  const reactions = async () =>
    (await ben.ask({ type: "history", room: "general", after: seq - 1 })).messages[0].reactions;
  return { bench, ana, ben, seq, message: { room: "general", seq }, reactions };
}

Deno.test("reactions are counted together, in the order in which each emoji was first used", async () => {
  const { bench, ana, ben, seq, message, reactions } = await setUp();
  await ben.ask({ type: "react", ...message, emoji: "👍" });
  assert.deepEqual(ana.heard.at(-1), {
    type: "reacted",
    room: "general",
    seq: seq + 1,
    time: bench.clock.now(),
    target: seq,
    from: "ben",
    emoji: "👍",
  });
  await ana.ask({ type: "react", ...message, emoji: "🎉" });
  await ana.ask({ type: "react", ...message, emoji: "👍" });
  assert.deepEqual(await reactions(), [{ emoji: "👍", from: ["ben", "ana"] }, {
    emoji: "🎉",
    from: ["ana"],
  }]);
});

Deno.test("the same reaction twice, and one taken back that is not there, change nothing", async () => {
  const { ana, message, seq } = await setUp();
  await ana.ask({ type: "react", ...message, emoji: "👍" });
  const again = await ana.ask({ type: "react", ...message, emoji: "👍" });
  assert.deepEqual(again, { type: "ok", re: again.re, room: "general", seq: seq + 1 });
  const other = await ana.ask({ type: "unreact", ...message, emoji: "🎉" });
  assert.deepEqual([other.type, other.seq, other.time], ["ok", seq + 1, undefined]);
});

Deno.test("a reaction that is taken back is gone, and history shows it no more", async () => {
  const { bench, ana, ben, seq, message, reactions } = await setUp();
  const { seq: reaction } = await ben.ask({ type: "react", ...message, emoji: "👍" });
  const ok = await ben.ask({ type: "unreact", ...message, emoji: "👍" });
  const time = bench.clock.now();
  const unreacted = { type: "unreacted", seq: ok.seq, time, target: seq, from: "ben", reaction };
  assert.deepEqual(ana.heard.at(-1), { ...unreacted, room: "general" });
  assert.equal(await reactions(), undefined);
  const { messages } = await ana.ask({ type: "history", room: "general", after: seq });
  assert.deepEqual(messages, [{ type: "reacted", seq: reaction, time, target: seq, from: "ben" }, unreacted]);
  await ben.ask({ type: "react", ...message, emoji: "👍" });
  assert.deepEqual(await reactions(), [{ emoji: "👍", from: ["ben"] }]);
});

Deno.test("one may take back only what one put oneself", async () => {
  const { ana, ben, message, reactions } = await setUp();
  await ben.ask({ type: "react", ...message, emoji: "👍" });
  await ana.ask({ type: "unreact", ...message, emoji: "👍" });
  assert.deepEqual(await reactions(), [{ emoji: "👍", from: ["ben"] }]);
});

Deno.test("a message has so many different reactions and no more, but any may be joined", async () => {
  const { ana, ben, message } = await setUp();
  for (let number = 1; number <= limits.emojiPerMessage; number++) {
    await ana.ask({ type: "react", ...message, emoji: `e${number}` });
  }
  assert.equal((await ana.ask({ type: "react", ...message, emoji: "one-more" })).code, "forbidden");
  assert.equal((await ben.ask({ type: "react", ...message, emoji: "e1" })).type, "ok");
  await ana.ask({ type: "unreact", ...message, emoji: "e2" });
  assert.equal((await ben.ask({ type: "react", ...message, emoji: "one-more" })).type, "ok");
});

Deno.test("a message has so many reactions and no more, and the longest of them fits into its line", async () => {
  const { bench, ana, ben, seq } = await setUp();
  const changes: Change[] = [];
  for (let id = 3; id < limits.reactionsPerMessage + 3; id++) {
    const name = `user-${id}-`.padEnd(32, "x");
    changes.push({ kind: "account", account: { id, name, role: "member" }, password: "$", time: 1 });
    const event = {
      seq: seq + id - 2,
      type: "reacted",
      accountId: id,
      time: 1,
      text: "👍",
      target: seq,
    } as const;
    changes.push({ kind: "event", roomId: 1, event, nonce: undefined });
  }
  bench.store.commit(changes);
  const full = new TestHub({}, bench.store);
  const back = await full.comeBack(ana.token);
  assert.equal((await back.ask({ type: "react", room: "general", seq, emoji: "👍" })).code, "forbidden");
  const { messages } = await back.ask({ type: "history", room: "general", after: seq - 1, limit: 1 });
  assert.equal(messages[0].reactions[0].from.length, limits.reactionsPerMessage);
  assert.ok(Math.max(...back.sink.writes.map(({ length }) => length)) < limits.pageBytes / 4);
  assert.equal(ben.heard.at(-1).type, "message");
});
