import assert from "node:assert/strict";
import { limits } from "../../../shared/protocol/mod.ts";
import { ailingStore } from "../../kit/ailing_store.ts";
import { TestHub } from "../../kit/hub.ts";

async function setUp(access: "public" | "private", store = ailingStore()) {
  const bench = new TestHub({}, store);
  // The first account owns the server, and is in none of this.
  await bench.newcomer("owner");
  const ana = await bench.newcomer("ana"),
    ben = await bench.newcomer("ben"),
    cleo = await bench.newcomer("cleo");
  await ana.ask({ type: "create", room: "ops", access });
  await ana.ask({ type: "add", room: "ops", username: "ben" });
  return { bench, store, ana, ben, cleo };
}

function added(username: string) {
  return { type: "add", room: "ops", username };
}

Deno.test("whoever is added hears of it on all sessions, by whom, and is in the room from then on", async () => {
  const { bench, ana, ben, cleo } = await setUp("private");
  const phone = await bench.logIn(cleo.guest.account);
  const ok = await ana.ask(added("cleo"));
  assert.deepEqual(ok, { type: "ok", re: ok.re, room: "ops", seq: 3, time: ok.time });
  for (const session of [ben, cleo, phone]) {
    assert.deepEqual(session.heard.at(-1), {
      type: "joined",
      room: "ops",
      seq: 3,
      time: ok.time,
      username: "cleo",
      by: "ana",
    });
  }
  await ben.ask({ type: "send", room: "ops", text: "welcome" });
  assert.deepEqual([cleo.heard.at(-1).text, phone.heard.at(-1).text], ["welcome", "welcome"]);
  assert.equal(
    bench.store.rooms.memberships().filter(({ accountId, roomId }) => accountId === 4 && roomId === 2).length,
    1,
  );
});

Deno.test("in a public room every member adds people, in a private one its moderators", async () => {
  const open = await setUp("public");
  assert.equal((await open.ben.ask(added("cleo"))).type, "ok");
  const shut = await setUp("private");
  const refused = await shut.ben.ask(added("cleo"));
  assert.equal(refused.code, "forbidden");
  assert.match(refused.message, /only its moderators may add people/);
});

Deno.test("guests add nobody, unless they moderate the room, and then whom they know", async () => {
  const { bench, ana } = await setUp("public");
  const guest = await bench.newcomerAs("guest", "gil");
  await ana.ask(added("gil"));
  assert.equal((await guest.ask(added("cleo"))).code, "forbidden");
  await ana.ask({ type: "standing", room: "ops", username: "gil", standing: "moderator" });
  assert.equal((await guest.ask(added("cleo"))).type, "ok");
  await guest.ask({ type: "leave", room: "general" });
  assert.equal((await guest.ask(added("owner"))).code, "no_such_user");
});

Deno.test("adding a member again is fine, and stores nothing", async () => {
  const { ana } = await setUp("public");
  const ok = await ana.ask(added("ben"));
  assert.deepEqual(ok, { type: "ok", re: ok.re, room: "ops", seq: 2 });
});

Deno.test("a ban ends when a moderator adds, and keeps others from adding", async () => {
  const { bench, ana, ben, cleo } = await setUp("public");
  await ana.ask({ type: "remove", room: "ops", username: "cleo", ban: true });
  const refused = await ben.ask(added("cleo"));
  assert.deepEqual([refused.code, /was banned/.test(refused.message)], ["forbidden", true]);
  assert.equal((await ana.ask(added("cleo"))).type, "ok");
  assert.deepEqual(bench.store.rooms.bans(), []);
  await cleo.ask({ type: "leave", room: "ops" });
  assert.equal((await cleo.ask({ type: "join", room: "ops" })).type, "ok");
});

Deno.test("a ban stays when its end could not be stored", async () => {
  const { store, ana, cleo } = await setUp("public");
  await ana.ask({ type: "remove", room: "ops", username: "cleo", ban: true });
  store.fail();
  assert.equal((await ana.ask(added("cleo"))).code, "unavailable");
  store.recover();
  assert.equal((await cleo.ask({ type: "join", room: "ops" })).code, "forbidden");
});

Deno.test("nobody is added who does not exist, is deactivated, or is in as many rooms as may be", async () => {
  const { bench, ana } = await setUp("public");
  const owner = await bench.logIn(bench.hub.accounts.withId(1));
  assert.equal((await ana.ask(added("nobody"))).code, "no_such_user");
  await owner.ask({ type: "deactivate", username: "cleo", deactivated: true });
  assert.equal((await ana.ask(added("cleo"))).code, "forbidden");
  for (let count = 1; count < limits.roomsPerAccount; count++) {
    owner.say({ type: "create", room: `room-${count}` });
  }
  await bench.settle();
  const refused = await ana.ask(added("owner"));
  assert.equal(refused.code, "forbidden");
  assert.match(refused.message, /500 rooms/);
});
