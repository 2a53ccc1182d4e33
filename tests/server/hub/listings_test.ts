import assert from "node:assert/strict";
import type { Change } from "../../../server/store/mod.ts";
import { openStore } from "../../../server/store/mod.ts";
import { TestHub } from "../../kit/hub.ts";

Deno.test("who lists the members by name, with whether they are here", async () => {
  const bench = new TestHub();
  const cleo = await bench.newcomer("cleo");
  await bench.newcomer("ana");
  const ben = await bench.newcomer("ben");
  ben.leave();
  const answer = await cleo.ask({ type: "who", room: "general" });
  assert.deepEqual(answer, {
    type: "who",
    re: answer.re,
    room: "general",
    users: [
      { username: "ana", status: "online" },
      { username: "ben", status: "offline" },
      { username: "cleo", status: "online", role: "owner" },
    ],
    more: false,
  });
  const rest = await cleo.ask({ type: "who", room: "general", after: "Ana" });
  assert.deepEqual(rest.users.map(({ username }: { username: string }) => username), ["ben", "cleo"]);
});

Deno.test("who in a room of thousands comes in pages that together name each member once", async () => {
  const store = openStore(":memory:");
  const bench = new TestHub({}, store);
  const ana = await bench.newcomer("ana");
  const changes: Change[] = [];
  for (let id = 2; id <= 6_000; id++) {
    const name = `user-${String(id).padStart(5, "0")}-${"x".repeat(20)}`;
    changes.push({ kind: "account", account: { id, name, role: "member" }, password: "$", time: 1 });
    changes.push({ kind: "member", roomId: 1, accountId: id, read: 0 });
  }
  store.commit(changes);
  const full = new TestHub({}, store);
  const back = await full.comeBack(ana.token);
  const names: string[] = [];
  let pages = 0;
  for (let more = true; more; pages++) {
    const answer = await back.ask({ type: "who", room: "general", after: names.at(-1) });
    names.push(...answer.users.map(({ username }: { username: string }) => username));
    more = answer.more;
  }
  assert.equal(names.length, 6_000);
  assert.deepEqual(names, [...new Set(names)].sort());
  assert.ok(pages > 1);
});

Deno.test("rooms lists public rooms and one's own, by name, and goes on after a name", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  for (const room of ["zoo", "art"]) await ana.ask({ type: "create", room });
  await ana.ask({ type: "create", room: "mine", access: "private" });
  const names = async (visitor: typeof ana, after?: string) =>
    (await visitor.ask({ type: "rooms", after })).rooms.map(({ room }: { room: string }) => room);
  assert.deepEqual(await names(ana), ["art", "general", "mine", "zoo"]);
  assert.deepEqual(await names(ben), ["art", "general", "zoo"]);
  assert.deepEqual(await names(ana, "General"), ["mine", "zoo"]);
});

Deno.test("rooms come in pages too", async () => {
  const bench = new TestHub();
  const topic = "😀".repeat(200);
  const ana = await bench.newcomer("ana");
  for (let at = 0; at < 450; at++) ana.say({ type: "create", room: `room-${at}`, topic });
  await bench.settle();
  const first = await ana.ask({ type: "rooms" });
  assert.equal(first.more, true);
  const rest = await ana.ask({ type: "rooms", after: first.rooms.at(-1).room });
  assert.deepEqual([first.rooms.length + rest.rooms.length, rest.more], [451, false]);
});
