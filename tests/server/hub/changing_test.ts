import assert from "node:assert/strict";
import { ailingStore } from "../../kit/ailing_store.ts";
import { TestHub } from "../../kit/hub.ts";

async function setUp(store = ailingStore()) {
  const bench = new TestHub({}, store);
  const owner = await bench.newcomer("owner");
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  await ana.ask({ type: "create", room: "ops", topic: "Days" });
  await ben.ask({ type: "join", room: "ops" });
  return { bench, store, owner, ana, ben };
}

function changed(wish: Record<string, unknown>) {
  return { type: "change", room: "ops", ...wish };
}

Deno.test("what is changed of a room is told to it, and what is not is not", async () => {
  const { bench, ana, ben } = await setUp();
  const ok = await ana.ask(changed({ topic: "Nights", description: "Who is on call", access: "public" }));
  assert.deepEqual(ok, { type: "ok", re: ok.re, room: "ops", seq: 3, time: ok.time });
  assert.deepEqual(ben.heard.at(-1), {
    type: "changed",
    room: "ops",
    seq: 3,
    time: ok.time,
    from: "ana",
    topic: "Nights",
    description: "Who is on call",
  });
  const later = new TestHub({}, bench.store);
  const back = await later.comeBack(ben.token);
  const [, { topic, description }] = (await back.ask({ type: "rooms" })).rooms;
  assert.deepEqual([topic, description], ["Nights", "Who is on call"]);
});

Deno.test("an empty text takes it away, and a wish that is so already is no event", async () => {
  const { ana, ben } = await setUp();
  const same = await ana.ask(changed({ topic: "Days", description: "", access: "public", archived: false }));
  assert.deepEqual(same, { type: "ok", re: same.re, room: "ops", seq: 2 });
  await ana.ask(changed({ topic: "" }));
  assert.deepEqual([ben.heard.at(-1).type, ben.heard.at(-1).topic], ["changed", ""]);
  const [, room] = (await ana.ask({ type: "rooms" })).rooms;
  assert.deepEqual([room.room, room.topic], ["ops", undefined]);
});

Deno.test("a room that becomes private is seen no more by those who are not in it, and is again", async () => {
  const { owner, ana } = await setUp();
  const seen = async () => (await owner.ask({ type: "rooms" })).rooms.length;
  await ana.ask(changed({ access: "private" }));
  assert.equal(await seen(), 1);
  assert.equal((await owner.ask({ type: "join", room: "ops" })).code, "no_such_room");
  await ana.ask(changed({ access: "public" }));
  assert.equal(await seen(), 2);
});

Deno.test("in an archived room people read and leave, and nothing else happens until it is opened again", async () => {
  const { bench, owner, ana, ben } = await setUp();
  await ana.ask(changed({ archived: true }));
  assert.equal(ben.heard.at(-1).archived, true);
  const [, listed] = (await owner.ask({ type: "rooms" })).rooms;
  assert.equal(listed.archived, true);
  for (
    const frame of [
      { type: "add", username: "owner" },
      { type: "remove", username: "ben" },
      { type: "standing", username: "ben", standing: "muted" },
      { type: "change", topic: "x" },
      { type: "change", archived: true, topic: "x" },
      { type: "typing" },
    ]
  ) {
    assert.equal((await ana.ask({ room: "ops", ...frame })).code, "archived", frame.type);
  }
  assert.equal((await owner.ask({ type: "join", room: "ops" })).code, "archived");
  assert.equal((await ben.ask(changed({ archived: false }))).code, "forbidden");
  assert.equal((await ben.ask({ type: "history", room: "ops", limit: 1 })).type, "history");
  assert.equal((await ben.ask({ type: "who", room: "ops" })).type, "who");
  assert.equal((await ben.ask({ type: "leave", room: "ops" })).type, "ok");
  assert.equal(new TestHub({}, bench.store).hub.rooms.named("ops")?.row.archived, true);
  assert.equal((await ana.ask(changed({ archived: false, topic: "Again" }))).type, "ok");
  assert.equal((await ben.ask({ type: "join", room: "ops" })).type, "ok");
});

Deno.test("only moderators change a room, and the first one stays public and open", async () => {
  const { owner, ben } = await setUp();
  assert.equal((await ben.ask(changed({ topic: "Mine" }))).code, "forbidden");
  assert.equal((await owner.ask(changed({ topic: "Mine" }))).code, "not_a_member");
  const general = (wish: Record<string, unknown>) => owner.ask({ type: "change", room: "general", ...wish });
  assert.equal((await general({ topic: "All of us" })).type, "ok");
  assert.equal((await general({ archived: true })).code, "forbidden");
  assert.equal((await general({ access: "private" })).code, "forbidden");
});

Deno.test("a change that could not be stored is none", async () => {
  const { store, ana, ben } = await setUp();
  store.fail();
  assert.equal((await ana.ask(changed({ archived: true, topic: "" }))).code, "unavailable");
  store.recover();
  assert.equal((await ben.ask({ type: "send", room: "ops", text: "x" })).seq, 3);
  const [, { topic }] = (await ben.ask({ type: "rooms" })).rooms;
  assert.equal(topic, "Days");
});
