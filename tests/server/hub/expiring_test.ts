import assert from "node:assert/strict";
import { Expiring } from "../../../server/hub/expiring.ts";
import { ailingStore } from "../../kit/ailing_store.ts";
import { TestHub, type Visitor } from "../../kit/hub.ts";

// deno-lint-ignore no-explicit-any -- tests look into frames of any shape
type Frame = any;

const room = "general", lifeMs = 10_000;

/** A hub whose worker has not begun. */
async function setUp(store = ailingStore()) {
  const bench = new TestHub({}, store);
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  return { bench, store, ana, ben, expiring: new Expiring(bench.hub) };
}

async function says(who: Visitor, text: string, more: Record<string, unknown> = {}): Promise<number> {
  return (await who.ask({ type: "send", room, text, ...more })).seq;
}

/** Lets the worker see to everything that is over. */
async function collect(bench: TestHub, expiring: Expiring): Promise<void> {
  expiring.start();
  bench.clock.advance(2_000);
  expiring.stop();
  await bench.settle();
}

function eventsOf(who: Visitor, type: string): Frame[] {
  return who.heard.filter((frame) => frame.type === type);
}

/** What somebody sees of the message in every way that there is to see one. */
async function seen(who: Visitor, seq: number): Promise<unknown> {
  const { messages } = await who.ask({ type: "history", room });
  const about = messages.filter((event: Frame) => event.seq === seq || event.target === seq);
  const revisions = await who.ask({ type: "revisions", room, seq });
  return {
    history: about.map(({ type, text, emoji, mentions, reactions, pinned, quote, expires }: Frame) =>
      [type, text, emoji, mentions, reactions, pinned, quote, expires].filter((part) => part !== undefined)
    ),
    revisions: revisions.code ?? revisions.revisions.length,
    pins: (await who.ask({ type: "pins", room })).messages.length,
    mentions: (await who.ask({ type: "mentions" })).messages.length,
    search: (await who.ask({ type: "search", text: "secret" })).results.length,
    thread: (await who.ask({ type: "thread", room, seq })).root.text,
  };
}

const nothing = {
  history: [["message"], ["edited"], ["reacted"], ["pinned"]],
  revisions: "no_such_message",
  pins: 0,
  mentions: 0,
  search: 0,
  thread: undefined,
};

Deno.test("a message ends at its time: nothing of it is seen from then on, and the room is told when it is gone", async () => {
  const { bench, ana, ben, expiring } = await setUp();
  const first = await says(ana, "first");
  const ok = await ana.ask({ type: "send", room, text: "secret", lifeMs, quote: first });
  const { seq } = ok, expires = ok.time + lifeMs;
  assert.deepEqual([ok.expires, ben.heard.at(-1).expires], [expires, expires]);
  await ana.ask({ type: "edit", room, seq, text: "secret @ben" });
  await ben.ask({ type: "react", room, seq, emoji: "👍" });
  await ben.ask({ type: "pin", room, seq });
  bench.clock.advance(lifeMs - 1);
  const reactions = [{ emoji: "👍", from: ["ben"] }];
  assert.deepEqual(await seen(ben, seq), {
    history: [
      ["message", "secret @ben", ["ben"], reactions, true, first, expires],
      ["edited", "secret @ben", ["ben"]],
      ["reacted", "👍"],
      ["pinned"],
    ],
    revisions: 2,
    pins: 1,
    mentions: 1,
    search: 1,
    thread: "secret @ben",
  });
  bench.clock.advance(1);
  assert.deepEqual(await seen(ben, seq), nothing);
  assert.deepEqual(eventsOf(ben, "expired"), []);
  await collect(bench, expiring);
  assert.deepEqual(await seen(ben, seq), nothing);
  const [event] = eventsOf(ben, "expired");
  assert.deepEqual(event, { type: "expired", room, seq: seq + 4, time: event.time, targets: [seq] });
  assert.deepEqual(eventsOf(ana, "expired"), [event]);
  const { room: _, ...stored } = event;
  assert.deepEqual((await ben.ask({ type: "history", room, limit: 1 })).messages, [stored]);
  assert.deepEqual([...bench.store.details.revisions(1, seq, 0)], []);
});

Deno.test("what is over is no message any more for any verb, though it is not taken away yet", async () => {
  const { bench, ana, ben } = await setUp();
  const seq = await says(ben, "secret", { lifeMs, nonce: "n" });
  bench.clock.advance(lifeMs);
  const verbs = [
    { type: "delete" },
    { type: "edit", text: "again" },
    { type: "react", emoji: "👍" },
    { type: "unreact", emoji: "👍" },
    { type: "pin" },
    { type: "unpin" },
  ];
  for (const verb of verbs) {
    assert.equal((await ben.ask({ room, seq, ...verb })).code, "no_such_message", verb.type);
  }
  for (const more of [{ thread: seq }, { quote: seq }]) {
    const { code } = await ana.ask({ type: "send", room, text: "x", ...more });
    assert.equal(code, "no_such_message");
  }
  assert.equal(await says(ben, "secret", { lifeMs, nonce: "n" }), seq);
});

Deno.test("what goes together is told by one event, and what is unread is right afterwards", async () => {
  const { bench, ana, ben, expiring } = await setUp();
  const cleo = await bench.newcomer("cleo");
  const targets = [await says(ana, "one @cleo", { lifeMs }), await says(ana, "two", { lifeMs })];
  await says(ana, "three @cleo");
  targets.push(await says(ben, "four @room", { lifeMs }));
  assert.equal((await bench.logIn(cleo.guest.account)).welcome.rooms[0].unread, 4);
  bench.clock.advance(lifeMs);
  await collect(bench, expiring);
  assert.deepEqual(eventsOf(ana, "expired").map((event) => event.targets), [targets]);
  const { unread, mentions } = eventsOf(cleo, "unread").at(-1);
  assert.deepEqual([unread, mentions], [1, 1]);
  const again = (await bench.logIn(cleo.guest.account)).welcome.rooms[0];
  assert.deepEqual([again.unread, again.mentions], [1, 1]);
});

Deno.test("replies that are over leave their thread, and a thread goes on whose first message is over", async () => {
  const { bench, ana, ben, expiring } = await setUp();
  const root = await says(ana, "root", { lifeMs });
  const kept = await says(ben, "kept", { thread: root });
  await says(ben, "short", { thread: root, lifeMs });
  bench.clock.advance(lifeMs);
  await collect(bench, expiring);
  const shown = await ana.ask({ type: "thread", room, seq: root });
  assert.deepEqual([shown.root.deleted, shown.root.replies, shown.unread], [true, {
    count: 1,
    seq: kept,
    from: ["ben"],
  }, 1]);
  assert.deepEqual(eventsOf(ana, "thread").at(-1).unread, 1);
  assert.ok(await says(ana, "more", { thread: root }) > kept);
});

Deno.test("a room's time to keep messages holds for those that are there, ends the earliest, and can be taken back", async () => {
  const { bench, ana, ben, expiring } = await setUp();
  const hour = 3_600_000;
  const old = await says(ben, "old");
  bench.clock.advance(hour);
  const later = await says(ben, "later", { lifeMs: 3 * hour });
  assert.equal((await ana.ask({ type: "change", room, retentionMs: hour - 1 })).code, "bad_request");
  const change = await ana.ask({ type: "change", room, retentionMs: hour });
  assert.equal(eventsOf(ben, "changed")[0].retentionMs, hour);
  assert.equal((await bench.logIn(ben.guest.account)).welcome.rooms[0].retentionMs, hour);
  const texts = async () =>
    (await ben.ask({ type: "history", room })).messages.map(({ text }: Frame) => text).filter(Boolean);
  assert.deepEqual(await texts(), ["later"]);
  await collect(bench, expiring);
  assert.deepEqual(eventsOf(ben, "expired").map((event) => event.targets), [[old]]);
  assert.equal((await ana.ask({ type: "change", room, retentionMs: hour })).seq, change.seq + 1, "unchanged");
  await ana.ask({ type: "change", room, retentionMs: 0 });
  bench.clock.advance(hour);
  assert.deepEqual(await texts(), ["later"]);
  bench.clock.advance(hour);
  await collect(bench, expiring);
  bench.clock.advance(hour);
  await collect(bench, expiring);
  assert.deepEqual(eventsOf(ben, "expired").map((event) => event.targets), [[old], [later]]);
});

Deno.test("the server's time to keep messages holds in all rooms, is kept, and is the owners', who prove it", async () => {
  const { bench, ana, ben, expiring } = await setUp();
  const day = 24 * 3_600_000;
  await says(ben, "old");
  await ben.ask({ type: "create", room: "ops" });
  await ben.ask({ type: "change", room: "ops", retentionMs: 2 * day });
  await ben.ask({ type: "send", room: "ops", text: "old too" });
  assert.equal((await ana.ask({ type: "policy", retentionMs: 60_000 })).code, "bad_request");
  assert.equal((await ana.ask({ type: "policy", retentionMs: day })).retentionMs, day);
  assert.equal(new TestHub({}, bench.store).hub.policy.retentionMs, day);
  const resumed = await bench.comeBack(ana.token);
  assert.equal((await resumed.ask({ type: "policy", retentionMs: 0 })).code, "proof_required");
  bench.clock.advance(day);
  await collect(bench, expiring);
  assert.deepEqual(eventsOf(ben, "expired").map((event) => event.room).sort(), ["general", "ops"]);
});

Deno.test("in a direct conversation both say how long messages are kept, and nothing else", async () => {
  const { ana, ben } = await setUp();
  const { room: direct } = await ana.ask({ type: "direct", usernames: ["ben"] });
  for (const [who, retentionMs] of [[ana, 3_600_000], [ben, 7_200_000]] as const) {
    assert.equal((await who.ask({ type: "change", room: direct, retentionMs })).type, "ok");
  }
  const { code } = await ben.ask({ type: "change", room: direct, retentionMs: 0, topic: "us" });
  assert.equal(code, "forbidden");
});

Deno.test("under legal hold nothing goes and nothing is deleted; what is over goes when it ends", async () => {
  const { bench, ana, ben, expiring } = await setUp();
  const seq = await says(ben, "secret", { lifeMs });
  await ana.ask({ type: "hold", room, held: true });
  assert.equal(eventsOf(ben, "changed").at(-1).held, true);
  assert.deepEqual(bench.logged("hold_changed").map(({ username, held }) => [username, held]), [[
    "ana",
    true,
  ]]);
  assert.equal((await bench.logIn(ben.guest.account)).welcome.rooms[0].held, true);
  await ana.ask({ type: "change", room, retentionMs: 3_600_000 });
  bench.clock.advance(4_000_000);
  await collect(bench, expiring);
  const texts = async () =>
    (await ben.ask({ type: "history", room })).messages.map(({ text }: Frame) => text).filter(Boolean);
  assert.deepEqual(await texts(), ["secret"]);
  for (const who of [ana, ben]) assert.equal((await who.ask({ type: "delete", room, seq })).code, "held");
  const restarted = new TestHub({}, bench.store).hub.rooms.named(room)?.row.held;
  assert.equal(restarted, true);
  await ana.ask({ type: "hold", room, held: false });
  assert.deepEqual(await texts(), []);
  await collect(bench, expiring);
  assert.deepEqual(eventsOf(ben, "expired").map((event) => event.targets), [[seq]]);
});

Deno.test("an owner holds rooms that they are not in, and hears which there are not", async () => {
  const { bench, ana, ben } = await setUp();
  const cleo = await bench.newcomer("cleo");
  const { room: direct } = await ben.ask({ type: "direct", usernames: ["cleo"] });
  assert.equal((await ana.ask({ type: "hold", room: direct, held: true })).type, "ok");
  assert.equal(eventsOf(cleo, "changed").at(-1).from, "ana");
  assert.equal((await ana.ask({ type: "hold", room: "nowhere", held: true })).code, "no_such_room");
});

Deno.test("each message goes once, also where the disk fails or the server ends in between", async () => {
  const { bench, store, ana, ben, expiring } = await setUp();
  const many = 250;
  for (let count = 0; count < many; count++) ana.say({ type: "send", room, text: `${count}`, lifeMs });
  await bench.settle();
  bench.clock.advance(lifeMs);
  expiring.start();
  bench.clock.advance(1_010);
  await bench.settle();
  const first = eventsOf(ben, "expired").flatMap((event) => event.targets);
  assert.ok(first.length > 0 && first.length < many, `${first.length}`);
  store.fail();
  bench.clock.advance(5_000);
  await bench.settle();
  assert.equal(eventsOf(ben, "expired").flatMap((event) => event.targets).length, first.length);
  expiring.stop();
  store.recover();
  const later = new TestHub({}, store);
  later.clock.advance(lifeMs + 60_000);
  const back = await later.comeBack(ben.token);
  const { messages } = await back.ask({ type: "history", room, limit: 200 });
  assert.deepEqual(messages.filter(({ text }: Frame) => text !== undefined), []);
  await collect(later, new Expiring(later.hub));
  const gone = [...first, ...eventsOf(back, "expired").flatMap((event) => event.targets)];
  assert.deepEqual(gone, Array.from({ length: many }, (_, index) => index + 3));
  assert.deepEqual(
    [...store.events.after(1, 0, 1_000)].map(({ seq }) => seq).at(-1),
    eventsOf(back, "expired").at(-1).seq,
  );
});

Deno.test("after a month the backlog goes in small steps, room by room, and nothing of it is seen meanwhile", async () => {
  const { bench, ana, ben } = await setUp();
  await ana.ask({ type: "create", room: "ops" });
  for (let count = 0; count < 400; count++) {
    ana.say({ type: "send", room: count % 4 === 0 ? "ops" : room, text: "tea", lifeMs });
  }
  await bench.settle();
  bench.clock.advance(30 * 24 * 3_600_000);
  // Each look at the clock is some milliseconds, so that steps find that they take long.
  const { clock } = bench;
  const ticking = { ...clock, monotonic: () => (clock.advance(20), clock.monotonic()) };
  const expiring = new Expiring({ ...bench.hub, world: { ...bench.world, clock: ticking } });
  expiring.start();
  let rounds = 0;
  while (eventsOf(ana, "expired").flatMap((event) => event.targets).length < 400) {
    assert.ok(rounds++ < 2_000);
    clock.advance(20);
    await bench.settle();
    if (rounds % 20 !== 0) continue;
    const { results } = await ben.ask({ type: "search", text: "tea" });
    const { messages } = await ben.ask({ type: "history", room, limit: 200 });
    assert.deepEqual([results, messages.filter(({ text }: Frame) => text === "tea")], [[], []]);
  }
  expiring.stop();
  const events = eventsOf(ana, "expired");
  assert.ok(Math.max(...events.map(({ targets }) => targets.length)) <= 4);
  assert.deepEqual(new Set(events.slice(0, 2).map((event) => event.room)), new Set(["general", "ops"]));
});
