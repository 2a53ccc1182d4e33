import assert from "node:assert/strict";
import { limits } from "../../../shared/protocol/mod.ts";
import type { Change } from "../../../server/store/mod.ts";
import { openStore } from "../../../server/store/mod.ts";
import { ailingStore } from "../../kit/ailing_store.ts";
import { TestHub, type Visitor } from "../../kit/hub.ts";

const gatherMs = 250;

function presences(visitor: Visitor): string[] {
  return visitor.sink.frames.filter(({ type }) => type === "presence").map(({ username, status }) =>
    `${username} ${status}`
  );
}

async function gather(bench: TestHub): Promise<void> {
  bench.clock.advance(gatherMs);
  await bench.settle();
}

Deno.test("who comes and goes is told to those who share a room, not to themselves", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  await gather(bench);
  assert.deepEqual([presences(ana), presences(ben)], [["ben online"], ["ana online"]]);
  ben.leave();
  await gather(bench);
  assert.deepEqual(presences(ana), ["ben online", "ben offline"]);
});

Deno.test("whoever comes back within a quarter of a second was never away", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  await gather(bench);
  const heard = presences(ana).length;
  ben.leave();
  bench.clock.advance(gatherMs - 1);
  await bench.comeBack(ben.token);
  await gather(bench);
  const cleo = await bench.newcomer("cleo");
  cleo.leave();
  await gather(bench);
  assert.deepEqual(presences(ana).slice(heard), []);
});

Deno.test("somebody is offline only when the last of their sessions has ended", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  const phone = await bench.comeBack(ben.token);
  await gather(bench);
  ben.leave();
  await gather(bench);
  assert.deepEqual(presences(ana), ["ben online"]);
  phone.leave();
  await gather(bench);
  assert.deepEqual(presences(ana), ["ben online", "ben offline"]);
});

Deno.test("who shares several rooms is told once, who shares none is not told", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"),
    ben = await bench.newcomer("ben"),
    cleo = await bench.newcomer("cleo");
  await ana.ask({ type: "create", room: "ops" });
  await ben.ask({ type: "join", room: "ops" });
  await cleo.ask({ type: "leave", room: "general" });
  await gather(bench);
  ben.leave();
  await gather(bench);
  assert.deepEqual(presences(ana).filter((line) => line === "ben offline").length, 1);
  assert.ok(!presences(cleo).includes("ben offline"));
});

Deno.test("a room is told that somebody who comes into it is here, and nothing of somebody who is not", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"),
    ben = await bench.newcomer("ben"),
    eve = await bench.newcomer("eve");
  await ben.ask({ type: "leave", room: "general" });
  await eve.ask({ type: "leave", room: "general" });
  eve.leave();
  await gather(bench);
  const heard = presences(ana).length;
  await ben.ask({ type: "status", busy: true });
  await gather(bench);
  await ben.ask({ type: "join", room: "general" });
  await ana.ask({ type: "add", room: "general", username: "eve" });
  assert.deepEqual([presences(ana).slice(heard), presences(ben).includes("ben busy")], [["ben busy"], false]);
});

Deno.test("nobody is said to be here who comes into a room and is gone before anybody was told of them", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  await ana.ask({ type: "create", room: "ops" });
  await gather(bench);
  ben.leave();
  await gather(bench);
  const heard = presences(ana).length;
  const back = await bench.comeBack(ben.token);
  await back.ask({ type: "join", room: "ops" });
  back.leave();
  await gather(bench);
  assert.deepEqual(presences(ana).slice(heard), []);
});

Deno.test("a crowd that arrives together costs each reader one write", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  await gather(bench);
  const crowd: Visitor[] = [];
  for (let count = 0; count < 20; count++) crowd.push(await bench.newcomer(`user-${count}`));
  const writes = ana.sink.writes.length;
  await gather(bench);
  assert.equal(ana.sink.writes.length, writes + 1);
  assert.equal(presences(ana).length, 20);
});

for (const [members, told] of [[limits.presenceMembers, 1], [limits.presenceMembers + 1, 0]] as const) {
  Deno.test(`a room of ${members} members is told ${told} of one who comes`, async () => {
    const store = openStore(":memory:");
    const first = new TestHub({}, store);
    const ana = await first.newcomer("ana"), ben = await first.newcomer("ben");
    const changes: Change[] = [];
    for (let id = 3; id <= members; id++) {
      changes.push({
        kind: "account",
        account: { id, name: `user-${id}`, role: "member" },
        password: "$",
        time: 1,
      });
      changes.push({ kind: "member", roomId: 1, accountId: id, read: 0 });
    }
    store.commit(changes);
    const bench = new TestHub({}, store);
    const here = await bench.comeBack(ana.token);
    await gather(bench);
    await bench.comeBack(ben.token);
    await gather(bench);
    assert.equal(presences(here).length, told);
  });
}

Deno.test("a reader that is behind is spared what is only momentary", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  await gather(bench);
  ana.sink.stalled = true;
  ana.outbox.push(new TextEncoder().encode("\n"));
  await bench.settle();
  ana.outbox.push(new Uint8Array(limits.outboxSoftBytes).fill(0x20));
  ben.leave();
  await gather(bench);
  ana.outbox.push(new TextEncoder().encode("\n"));
  ana.sink.release();
  await bench.settle();
  assert.ok(!ana.sink.writes.join("").includes('"offline"'));
});

Deno.test("somebody is away when all their sessions are idle, and back when one is not", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  const phone = await bench.comeBack(ben.token);
  await gather(bench);
  await ben.ask({ type: "status", status: "away" });
  await gather(bench);
  await phone.ask({ type: "status", status: "away" });
  await gather(bench);
  assert.deepEqual((await ana.ask({ type: "who", room: "general" })).users[1].status, "away");
  await ben.ask({ type: "status", status: "online" });
  await gather(bench);
  // The one that is in use goes: what remains is idle.
  ben.leave();
  await gather(bench);
  phone.leave();
  await gather(bench);
  const told = ["ben online", "ben away", "ben online", "ben away", "ben offline"];
  assert.deepEqual(presences(ana), told);
});

Deno.test("a new session of somebody who is away is not idle", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  await ben.ask({ type: "status", status: "away" });
  await gather(bench);
  await bench.comeBack(ben.token);
  await gather(bench);
  assert.deepEqual(presences(ana), ["ben away", "ben online"]);
});

Deno.test("busy holds for all sessions, whatever they say of being idle, and until it is taken back", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  const phone = await bench.logIn(ben.guest.account);
  await ben.ask({ type: "status", busy: true });
  await phone.ask({ type: "status", status: "away" });
  await gather(bench);
  assert.deepEqual(presences(ana), ["ben busy"]);
  assert.deepEqual(presences(phone).filter((line) => line.startsWith("ben")), ["ben busy"]);
  const later = new TestHub({}, bench.store);
  const back = await later.comeBack(ben.token);
  assert.equal(back.welcome.user.busy, true);
  await back.ask({ type: "status", busy: false, status: "away" });
  assert.equal(later.hub.accounts.named("ben")?.presence, "away");
  assert.deepEqual(later.store.people.busy(), []);
});

Deno.test("busy that could not be stored is not so", async () => {
  const store = ailingStore();
  const bench = new TestHub({}, store);
  const ana = await bench.newcomer("ana");
  store.fail();
  assert.equal((await ana.ask({ type: "status", busy: true })).code, "unavailable");
  store.recover();
  assert.equal(ana.guest.account.presence, "online");
});
