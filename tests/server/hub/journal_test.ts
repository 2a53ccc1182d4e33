import assert from "node:assert/strict";
import { FanOut } from "../../../server/hub/fan_out.ts";
import { type Entry, Journal } from "../../../server/hub/journal.ts";
import { type Change, NotCommitted, openStore } from "../../../server/store/mod.ts";
import { ailingStore } from "../../kit/ailing_store.ts";
import { TestHub } from "../../kit/hub.ts";
import { manualClock } from "../../kit/manual_clock.ts";
import { turn } from "../../kit/sink.ts";
import { testWorld } from "../../kit/world.ts";

function roomMade(id: number): Change {
  const room = {
    id,
    name: `room-${id}`,
    kind: "standard",
    access: "public",
    topic: undefined,
    description: undefined,
    archived: false,
    retentionMs: undefined,
    held: false,
    creatorId: undefined,
  } as const;
  return { kind: "room", room, time: 1 };
}

function setUp() {
  const clock = manualClock();
  const world = testWorld({ clock });
  const store = ailingStore();
  const journal = new Journal(store, new FanOut(), clock, world.log, 2);
  const seen: string[] = [];
  const entry = (id: number): Entry => ({
    changes: [roomMade(id)],
    committed: () => seen.push(`committed ${id}`),
    failed: (refusal) => seen.push(`${refusal.code} ${id}`),
  });
  return { clock, world, store, journal, seen, entry };
}

Deno.test("what is decided in one turn is stored at its end, in one transaction, and told in its order", async () => {
  const { store, journal, seen, entry } = setUp();
  journal.add(entry(1));
  journal.add(entry(2));
  assert.deepEqual([seen, store.rooms.rooms().length], [[], 0]);
  await turn();
  assert.deepEqual(seen, ["committed 1", "committed 2"]);
  assert.equal(store.rooms.rooms().length, 2);
});

Deno.test("a busy journal gathers for two milliseconds, an idle one for none", async () => {
  const { clock, journal, seen, entry } = setUp();
  journal.add(entry(1));
  await turn();
  journal.add(entry(2));
  await turn();
  assert.deepEqual(seen, ["committed 1"]);
  clock.advance(1);
  journal.add(entry(3));
  assert.deepEqual(seen, ["committed 1"]);
  clock.advance(1);
  assert.deepEqual(seen, ["committed 1", "committed 2", "committed 3"]);
  clock.advance(2);
  journal.add(entry(4));
  await turn();
  assert.equal(seen.at(-1), "committed 4");
});

Deno.test("what cannot be stored is taken back newest first, and logged once until it works again", () => {
  const { world, store, journal, seen, entry } = setUp();
  store.fail();
  for (const id of [1, 2]) journal.add(entry(id));
  journal.commit();
  journal.add(entry(3));
  journal.commit();
  assert.deepEqual(seen, ["unavailable 2", "unavailable 1", "unavailable 3"]);
  assert.deepEqual(world.lines.map((line) => JSON.parse(line).event), ["store_failed"]);
  store.recover();
  journal.add(entry(1));
  journal.commit();
  assert.equal(seen.at(-1), "committed 1");
  assert.deepEqual(world.lines.map((line) => JSON.parse(line).event), ["store_failed", "store_recovered"]);
});

Deno.test("an answer that stores nothing is no sign that the store has recovered", () => {
  const { world, store, journal, seen, entry } = setUp();
  store.fail();
  journal.add(entry(1));
  journal.commit();
  journal.add({ changes: [], committed: () => seen.push("answered"), failed: () => seen.push("failed") });
  journal.commit();
  assert.equal(seen.at(-1), "answered");
  assert.deepEqual(world.lines.map((line) => JSON.parse(line).event), ["store_failed"]);
});

Deno.test("a batch that breaks the schema's rules is a bug: nothing of it is stored or told", () => {
  const { store, journal, seen, entry } = setUp();
  journal.add(entry(1));
  journal.add(entry(1));
  assert.throws(() => journal.commit(), /UNIQUE/);
  assert.deepEqual(seen, []);
  assert.deepEqual(store.rooms.rooms(), []);
});

Deno.test("a store that is closed commits nothing, and says so", () => {
  const store = openStore(":memory:");
  store.close();
  assert.throws(() => store.commit([roomMade(1)]), NotCommitted);
});

Deno.test("while nothing can be stored each request is refused, and memory stays as the disk is", async () => {
  const store = ailingStore();
  const bench = new TestHub({}, store);
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  await ana.ask({ type: "create", room: "ops" });
  const before = await ana.ask({ type: "send", room: "general", text: "before" });
  const { secret } = await ana.ask({ type: "invite" });

  store.fail();
  const refused = [
    { type: "send", room: "general", text: "lost", nonce: "n1" },
    { type: "join", room: "ops" },
    { type: "create", room: "new" },
    { type: "read", room: "general", seq: 3 },
    { type: "leave", room: "general" },
  ].map((request) => ben.say(request));
  const invite = ana.say({ type: "invite" });
  await bench.settle();
  for (const id of refused) {
    const answer = ben.heard.find(({ re }) => re === id);
    assert.deepEqual([answer.type, answer.code, answer.retryAfterMs > 0], ["error", "unavailable", true]);
  }
  assert.equal(ana.heard.find(({ re }) => re === invite).code, "unavailable");
  const failed = await bench.newcomer("cleo", secret);
  assert.equal(failed.sink.frames.at(-1).code, "unavailable");
  await bench.comeBack(ben.token);
  const heardMeanwhile = ana.heard.filter(({ type }) => type !== "presence" && type !== "error");
  assert.deepEqual(heardMeanwhile.at(-1).type, "invite", "nothing is told that is not on disk");

  store.recover();
  const seen = await bench.comeBack(ben.token);
  assert.equal(seen.welcome.rooms[0].read, 2, "the mark was not moved");
  const after = await ben.ask({ type: "send", room: "general", text: "again", nonce: "n1" });
  assert.equal(after.seq, before.seq + 1, "the sequence has no hole");
  assert.equal((await ben.ask({ type: "send", room: "ops", text: "x" })).code, "not_a_member");
  assert.equal((await ben.ask({ type: "join", room: "ops" })).type, "ok");
  assert.equal((await ben.ask({ type: "create", room: "new" })).type, "ok");
  const cleo = await bench.newcomer("cleo", secret);
  assert.equal(cleo.welcome.user.username, "cleo");
  const back = await bench.comeBack(seen.token);
  const general = back.welcome.rooms.find(({ room }: { room: string }) => room === "general");
  assert.deepEqual([general.seq, general.read], [after.seq + 1, after.seq]);
});

Deno.test("a full disk refuses what needs room, and the server goes on when there is some again", async () => {
  const store = ailingStore();
  const bench = new TestHub({}, store);
  const ana = await bench.newcomer("ana");
  store.fill();
  const text = "x".repeat(8_000);
  let answer = await ana.ask({ type: "send", room: "general", text });
  while (answer.type === "ok") answer = await ana.ask({ type: "send", room: "general", text });
  assert.equal(answer.code, "unavailable");
  assert.equal((await ana.ask({ type: "history", room: "general" })).type, "history");
  store.recover();
  assert.equal((await ana.ask({ type: "send", room: "general", text })).type, "ok");
  const { messages } = await ana.ask({ type: "history", room: "general", after: 0 });
  assert.deepEqual(
    messages.map(({ seq }: { seq: number }) => seq),
    messages.map((_: unknown, at: number) => at + 1),
  );
});
