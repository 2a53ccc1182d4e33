import assert from "node:assert/strict";
import { limits } from "../../../shared/protocol/mod.ts";
import { TestHub } from "../../kit/hub.ts";

Deno.test("whoever joins gets ok with the place of it, everybody else in the room is told", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  const made = await ana.ask({ type: "create", room: "ops" });
  assert.deepEqual([made.type, made.room, made.seq], ["ok", "ops", 1]);
  const ok = await ben.ask({ type: "join", room: "ops" });
  assert.deepEqual(ok, { type: "ok", re: ok.re, room: "ops", seq: 2, time: bench.clock.now() });
  assert.deepEqual(ana.heard.at(-1), {
    type: "joined",
    room: "ops",
    username: "ben",
    seq: 2,
    time: ok.time,
  });
  assert.ok(!ben.heard.some(({ type }) => type === "joined"));
});

Deno.test("joining twice is fine, stores nothing, and counts what the same turn has brought", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const send = ana.say({ type: "send", room: "general", text: "hi" });
  const join = ana.say({ type: "join", room: "general" });
  await bench.settle();
  const answers = ana.heard.filter(({ re }) => re !== undefined);
  assert.deepEqual(answers.map(({ re, seq, time }) => [re, seq, time]), [
    [send, 2, bench.clock.now()],
    [join, 2, undefined],
  ]);
});

Deno.test("a private room and one that is not there look the same from outside", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  await ana.ask({ type: "create", room: "secret", access: "private" });
  for (const request of ["join", "leave", "who", "history", "read", "send"]) {
    const about = (room: string) => ben.ask({ type: request, room, text: "x", seq: 1 });
    const hidden = await about("secret"), absent = await about("nowhere");
    assert.equal(hidden.code, request === "join" ? "no_such_room" : "not_a_member");
    assert.equal(hidden.message.replace("secret", "nowhere"), absent.message);
    assert.equal(hidden.code, absent.code);
  }
  assert.deepEqual((await ben.ask({ type: "rooms" })).rooms.map(({ room }: { room: string }) => room), [
    "general",
  ]);
});

Deno.test("other sessions of whoever leaves or joins are told too", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const phone = await bench.comeBack(ana.token);
  await ana.ask({ type: "leave", room: "general" });
  assert.equal(phone.heard.at(-1).type, "left");
  await ana.ask({ type: "join", room: "general" });
  assert.deepEqual([phone.heard.at(-1).type, phone.heard.at(-1).seq], ["joined", 3]);
  await ana.ask({ type: "send", room: "general", text: "hi" });
  assert.deepEqual([phone.heard.at(-1).type, phone.heard.at(-1).from], ["message", "ana"]);
});

Deno.test("leaving and joining in one turn ends in the room, with every seq taken once", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  for (const type of ["leave", "join", "leave", "join"]) ben.say({ type, room: "general" });
  ana.say({ type: "send", room: "general", text: "dizzy?" });
  await bench.settle();
  assert.deepEqual(ana.heard.filter(({ seq }) => seq > 2).map(({ type, seq }) => [type, seq]), [
    ["left", 3],
    ["joined", 4],
    ["left", 5],
    ["joined", 6],
    ["ok", 7],
  ]);
  assert.deepEqual(ben.heard.filter(({ seq }) => seq > 2).map(({ type, seq }) => [type, seq]), [
    ["ok", 3],
    ["ok", 4],
    ["ok", 5],
    ["ok", 6],
    ["message", 7],
  ]);
});

Deno.test("one person may be in 500 rooms and no more", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  for (let count = 1; count < limits.roomsPerAccount; count++) {
    ana.say({ type: "create", room: `room-${count}` });
  }
  await bench.settle();
  await ben.ask({ type: "create", room: "last" });
  assert.equal((await ana.ask({ type: "create", room: "too-many" })).code, "forbidden");
  assert.equal((await ana.ask({ type: "join", room: "last" })).code, "forbidden");
  assert.equal((await ana.ask({ type: "leave", room: "room-1" })).type, "ok");
  assert.equal((await ana.ask({ type: "join", room: "last" })).type, "ok");
});
