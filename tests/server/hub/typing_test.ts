import assert from "node:assert/strict";
import { openStore } from "../../../server/store/mod.ts";
import { limits } from "../../../shared/protocol/mod.ts";
import { TestHub, type Visitor } from "../../kit/hub.ts";

const typing = { type: "typing", room: "general" };

function notices(visitor: Visitor): unknown[] {
  return visitor.sink.frames.filter(({ type }) => type === "typing");
}

async function setUp() {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  return { bench, ana, ben };
}

Deno.test("the others in the room are told that somebody is typing, and in which thread", async () => {
  const { bench, ana, ben } = await setUp();
  const phone = await bench.logIn(ana.guest.account);
  assert.equal((await ana.ask({ ...typing, thread: 1 })).type, "ok");
  assert.deepEqual(notices(ben), [{ type: "typing", room: "general", username: "ana", thread: 1 }]);
  assert.deepEqual([notices(ana), notices(phone)], [[], []]);
});

Deno.test("it is told at most every three seconds a person and room, and asking more often is fine", async () => {
  const { bench, ana, ben } = await setUp();
  await ana.ask({ type: "create", room: "ops" });
  await ben.ask({ type: "join", room: "ops" });
  for (let times = 0; times < 3; times++) assert.equal((await ana.ask(typing)).type, "ok");
  await ana.ask({ type: "typing", room: "ops" });
  await ben.ask(typing);
  assert.deepEqual([notices(ben).length, notices(ana).length], [2, 1]);
  bench.clock.advance(limits.typingMs / 2 - 1);
  await ana.ask(typing);
  assert.equal(notices(ben).length, 2);
  bench.clock.advance(1);
  await ana.ask(typing);
  assert.equal(notices(ben).length, 3);
});

Deno.test("whoever sends and types on in one turn is told to type after the message", async () => {
  const { bench, ana, ben } = await setUp();
  ana.say({ type: "send", room: "general", text: "one" });
  ana.say(typing);
  await bench.settle();
  assert.deepEqual(ben.heard.slice(-2).map(({ type }) => type), ["message", "typing"]);
});

Deno.test("whoever is muted or not in the room types unheard", async () => {
  const { ana, ben } = await setUp();
  await ana.ask({ type: "standing", room: "general", username: "ben", standing: "muted" });
  assert.equal((await ben.ask(typing)).code, "muted");
  await ben.ask({ type: "leave", room: "general" });
  assert.equal((await ben.ask(typing)).code, "not_a_member");
  assert.deepEqual(notices(ana), []);
});

Deno.test("a crowd is not told who is typing", async () => {
  const store = openStore(":memory:");
  const first = new TestHub({}, store);
  const ana = await first.newcomer("ana"), ben = await first.newcomer("ben");
  for (let id = 3; id <= limits.presenceMembers + 1; id++) {
    store.commit([
      { kind: "account", account: { id, name: `user-${id}`, role: "member" }, password: "$", time: 1 },
      { kind: "member", roomId: 1, accountId: id, read: 0 },
    ]);
  }
  const bench = new TestHub({}, store);
  const here = await bench.comeBack(ana.token), there = await bench.comeBack(ben.token);
  assert.equal((await here.ask(typing)).type, "ok");
  assert.deepEqual(notices(there), []);
});

Deno.test("a reader that is behind is spared it", async () => {
  const { bench, ana, ben } = await setUp();
  ben.sink.stalled = true;
  ben.outbox.push(new TextEncoder().encode("\n"));
  await bench.settle();
  ben.outbox.push(new Uint8Array(limits.outboxSoftBytes).fill(0x20));
  await ana.ask(typing);
  ben.outbox.push(new TextEncoder().encode("\n"));
  ben.sink.release();
  await bench.settle();
  assert.ok(!ben.sink.writes.join("").includes('"typing"'));
});
