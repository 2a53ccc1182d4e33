import assert from "node:assert/strict";
import { limits } from "../../../shared/protocol/mod.ts";
import { TestHub } from "../../kit/hub.ts";

Deno.test("a message goes to every session of every member but the one that sent it", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  const phone = await bench.comeBack(ana.token);
  const ok = await ana.ask({ type: "send", room: "general", text: "hi" });
  assert.deepEqual(ok, { type: "ok", re: ok.re, room: "general", seq: 3, time: bench.clock.now() });
  const message = { type: "message", room: "general", seq: 3, from: "ana", time: ok.time, text: "hi" };
  for (const visitor of [ben, phone]) assert.deepEqual(visitor.heard.at(-1), message);
  assert.ok(!ana.heard.some(({ type }) => type === "message"));
});

Deno.test("all who speak in one turn see the same order", async () => {
  const bench = new TestHub();
  const names = ["ana", "ben", "cleo"];
  const visitors = [];
  for (const name of names) visitors.push(await bench.newcomer(name));
  for (let round = 0; round < 3; round++) {
    for (const visitor of visitors) visitor.say({ type: "send", room: "general", text: `${round}` });
  }
  await bench.settle();
  for (const visitor of visitors) {
    const seqs = visitor.heard.filter(({ type }) => type === "message" || type === "ok").map(({ seq }) =>
      seq
    );
    assert.deepEqual(seqs, [4, 5, 6, 7, 8, 9, 10, 11, 12]);
  }
});

Deno.test("the same nonce gives the same ok, in the same turn and later, and tells nobody again", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  const ids = ["first", "second"].map((text) => ana.say({ type: "send", room: "general", text, nonce: "n" }));
  await bench.settle();
  bench.clock.advance(60_000);
  const third = await ana.ask({ type: "send", room: "general", text: "third", nonce: "n" });
  const answers = [...ids.map((id) => ana.heard.find(({ re }) => re === id)), third];
  assert.deepEqual(
    answers.map(({ seq, time }) => [seq, time]),
    Array(3).fill([3, bench.clock.now() - 60_000]),
  );
  assert.deepEqual(ben.heard.filter(({ type }) => type === "message").map(({ text }) => text), ["first"]);
});

Deno.test("a nonce is its sender's and its room's own", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  await ana.ask({ type: "create", room: "ops" });
  const send = { type: "send", room: "general", text: "x", nonce: "n" };
  const seqs = [await ana.ask(send), await ben.ask(send), await ana.ask({ ...send, room: "ops" })];
  assert.deepEqual(seqs.map(({ room, seq }) => [room, seq]), [["general", 3], ["general", 4], ["ops", 2]]);
});

Deno.test("a nonce is good for 30 days", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const send = { type: "send", room: "general", text: "x", nonce: "n" };
  const first = await ana.ask(send);
  bench.clock.advance(limits.nonceLifeMs);
  assert.equal((await ana.ask(send)).seq, first.seq);
  bench.clock.advance(1);
  assert.equal((await ana.ask(send)).seq, first.seq + 1);
});

Deno.test("nonces of any characters are told apart", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const nonces = ["a", "A", "a ", "ä", "a\u0308", "\u0000", "a\u0000", "a\u0000b", "😀", "'", '"', "%", "_"];
  for (const nonce of nonces) await ana.ask({ type: "send", room: "general", text: "x", nonce });
  const again = [];
  for (const nonce of nonces) again.push(await ana.ask({ type: "send", room: "general", text: "x", nonce }));
  assert.deepEqual(again.map(({ seq }) => seq), nonces.map((_, at) => at + 2));
});

Deno.test("a text comes back from the store as it was said", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const text = "\ttab\nline 😀 ä a\u0308 '; DROP TABLE event; -- \u2028 \u202e \ufeff \\u0000 </script>";
  await ana.ask({ type: "send", room: "general", text });
  const { messages } = await ana.ask({ type: "history", room: "general", limit: 1 });
  assert.equal(messages[0].text, text);
});
