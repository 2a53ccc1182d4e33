import assert from "node:assert/strict";
import { ailingStore } from "../../kit/ailing_store.ts";
import { TestHub } from "../../kit/hub.ts";

async function setUp(store = ailingStore()) {
  const bench = new TestHub({}, store);
  const owner = await bench.newcomer("owner");
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  await ana.ask({ type: "create", room: "ops" });
  await ben.ask({ type: "join", room: "ops" });
  return { bench, store, owner, ana, ben };
}

function made(username: string, standing: string) {
  return { type: "standing", room: "ops", username, standing };
}

Deno.test("another standing holds at once, is told to the room, and is remembered", async () => {
  const { bench, ana, ben } = await setUp();
  const ok = await ana.ask(made("ben", "muted"));
  assert.deepEqual(ok, { type: "ok", re: ok.re, room: "ops", seq: 3, time: ok.time });
  assert.deepEqual(ben.heard.at(-1), {
    type: "standing",
    room: "ops",
    seq: 3,
    time: ok.time,
    username: "ben",
    by: "ana",
    standing: "muted",
  });
  const later = new TestHub({}, bench.store);
  const back = await later.comeBack(ben.token);
  const state = back.welcome.rooms.find(({ room }: { room: string }) => room === "ops");
  assert.equal(state.standing, "muted");
  const { users } = await back.ask({ type: "who", room: "ops" });
  assert.deepEqual(users.map(({ standing }: { standing?: string }) => standing), ["moderator", "muted"]);
});

Deno.test("nobody gets rid of being muted by leaving and coming back, not even over a restart", async () => {
  const { bench, ana, ben } = await setUp();
  await ana.ask(made("ben", "muted"));
  await ben.ask({ type: "leave", room: "ops" });
  await ben.ask({ type: "join", room: "ops" });
  const told = ana.heard.at(-1);
  assert.deepEqual(told, {
    type: "standing",
    room: "ops",
    seq: 6,
    time: told.time,
    username: "ben",
    by: "ana",
    standing: "muted",
  });
  assert.equal((await ben.ask({ type: "send", room: "ops", text: "hi" })).code, "muted");
  await ben.ask({ type: "leave", room: "ops" });
  const later = new TestHub({}, bench.store);
  const back = await later.comeBack(ben.token), boss = await later.comeBack(ana.token);
  await boss.ask({ type: "add", room: "ops", username: "ben" });
  assert.equal((await back.ask({ type: "send", room: "ops", text: "hi" })).code, "muted");
  await boss.ask(made("ben", "member"));
  for (const type of ["leave", "join"]) await back.ask({ type, room: "ops" });
  assert.equal((await back.ask({ type: "send", room: "ops", text: "hi" })).type, "ok");
});

Deno.test("a mute that could not be stored does not hold for whoever comes back", async () => {
  const { store, ana, ben } = await setUp();
  store.fail();
  assert.equal((await ana.ask(made("ben", "muted"))).code, "unavailable");
  store.recover();
  for (const type of ["leave", "join"]) await ben.ask({ type, room: "ops" });
  assert.equal((await ben.ask({ type: "send", room: "ops", text: "hi" })).type, "ok");
});

Deno.test("a standing that somebody has already is no event", async () => {
  const { ana, ben } = await setUp();
  const ok = await ana.ask(made("ben", "member"));
  assert.deepEqual(ok, { type: "ok", re: ok.re, room: "ops", seq: 2 });
  assert.ok(!ben.heard.some(({ type }) => type === "standing"));
});

Deno.test("moderators decide, owners and admins of the server among them where they are in the room", async () => {
  const { owner, ana, ben } = await setUp();
  assert.equal((await ben.ask(made("ben", "moderator"))).code, "forbidden");
  assert.equal((await owner.ask(made("ben", "moderator"))).code, "not_a_member");
  await owner.ask({ type: "join", room: "ops" });
  assert.equal((await owner.ask(made("ben", "moderator"))).type, "ok");
  assert.equal((await ben.ask(made("ana", "muted"))).type, "ok");
  assert.equal((await ana.ask(made("ben", "member"))).code, "forbidden");
  const refused = await ben.ask(made("owner", "muted"));
  assert.deepEqual([refused.code, /cannot be muted/.test(refused.message)], ["forbidden", true]);
});

Deno.test("the last moderator stays one, and the last but one may go", async () => {
  const { ana } = await setUp();
  const refused = await ana.ask(made("ana", "member"));
  assert.equal(refused.code, "forbidden");
  assert.match(refused.message, /last moderator of "ops". Make somebody else one first/);
  await ana.ask(made("ben", "moderator"));
  assert.equal((await ana.ask(made("ana", "member"))).type, "ok");
});

Deno.test("two moderators who step down in one turn leave one", async () => {
  const { bench, ana, ben } = await setUp();
  await ana.ask(made("ben", "moderator"));
  ana.say(made("ana", "member"));
  ben.say(made("ben", "member"));
  await bench.settle();
  assert.deepEqual(
    bench.store.rooms.memberships().filter(({ standing }) => standing === "moderator").length,
    1,
  );
});

Deno.test("somebody who is not in the room has no standing there", async () => {
  const { ana } = await setUp();
  assert.equal((await ana.ask(made("owner", "muted"))).code, "no_such_user");
  assert.equal((await ana.ask(made("nobody", "muted"))).code, "no_such_user");
});

Deno.test("a standing that could not be stored is as it was before", async () => {
  const { store, ana, ben } = await setUp();
  store.fail();
  assert.equal((await ana.ask(made("ben", "muted"))).code, "unavailable");
  store.recover();
  assert.equal((await ben.ask({ type: "send", room: "ops", text: "x" })).seq, 3);
});
