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

function removed(username: string, ban?: boolean) {
  return { type: "remove", room: "ops", username, ban };
}

Deno.test("whoever is removed hears of it on all sessions, and then nothing more of the room", async () => {
  const { bench, ana, ben } = await setUp();
  const phone = await bench.logIn(ben.guest.account);
  const ok = await ana.ask(removed("ben"));
  assert.deepEqual(ok, { type: "ok", re: ok.re, room: "ops", seq: 3, time: ok.time });
  const left = { type: "left", room: "ops", seq: 3, time: ok.time, username: "ben", by: "ana" };
  assert.deepEqual([ben.heard.at(-1), phone.heard.at(-1)], [left, left]);
  const heard = [ben.heard.length, phone.heard.length];
  await ana.ask({ type: "send", room: "ops", text: "gone" });
  assert.deepEqual([ben.heard.length, phone.heard.length], heard);
  assert.equal((await ben.ask({ type: "send", room: "ops", text: "?" })).code, "not_a_member");
  assert.equal((await ben.ask({ type: "join", room: "ops" })).type, "ok");
});

Deno.test("whoever is banned is told so and cannot come back, also after a restart", async () => {
  const { bench, ana, ben } = await setUp();
  await ana.ask(removed("ben", true));
  assert.deepEqual([ben.heard.at(-1).type, ben.heard.at(-1).banned], ["left", true]);
  const refused = await ben.ask({ type: "join", room: "ops" });
  assert.equal(refused.code, "forbidden");
  assert.match(refused.message, /You were banned from "ops"/);
  const later = new TestHub({}, bench.store);
  const back = await later.comeBack(ben.token);
  assert.equal((await back.ask({ type: "join", room: "ops" })).code, "forbidden");
});

Deno.test("whoever has left can be banned all the same, which is no event", async () => {
  const { ana, ben } = await setUp();
  await ben.ask({ type: "leave", room: "ops" });
  assert.equal((await ana.ask(removed("ben"))).code, "no_such_user");
  const ok = await ana.ask(removed("ben", true));
  assert.deepEqual(ok, { type: "ok", re: ok.re, room: "ops" });
  assert.equal((await ana.ask(removed("ben", true))).type, "ok");
  assert.equal((await ben.ask({ type: "join", room: "ops" })).code, "forbidden");
});

Deno.test("only moderators remove, nobody themselves, and owners and admins only by an owner", async () => {
  const { bench, owner, ana, ben } = await setUp();
  const admin = await bench.newcomerAs("admin", "admin");
  await admin.ask({ type: "join", room: "ops" });
  assert.equal((await ben.ask(removed("ana"))).code, "forbidden");
  assert.match((await ana.ask(removed("ana"))).message, /leave the room/);
  assert.match((await ana.ask(removed("admin"))).message, /looks after the whole server/);
  assert.equal((await owner.ask(removed("ben"))).code, "not_a_member");
  await owner.ask({ type: "join", room: "ops" });
  assert.equal((await admin.ask(removed("owner"))).code, "forbidden");
  assert.equal((await owner.ask(removed("admin"))).type, "ok");
});

Deno.test("somebody who is not in the room and nobody at all are refused alike", async () => {
  const { ana } = await setUp();
  const outside = await ana.ask(removed("owner")), absent = await ana.ask(removed("nobody"));
  assert.equal(outside.code, "no_such_user");
  assert.equal(outside.message.replace("owner", "nobody"), absent.message);
});

Deno.test("when the last moderator is removed, another member follows first", async () => {
  const { owner, ben } = await setUp();
  await owner.ask({ type: "join", room: "ops" });
  await owner.ask(removed("ana"));
  assert.deepEqual(ben.heard.slice(-2).map(({ type, username, by }) => [type, username, by]), [
    ["standing", "ben", "owner"],
    ["left", "ana", "owner"],
  ]);
});

Deno.test("a removal that could not be stored leaves everybody as they were", async () => {
  const { store, ana, ben } = await setUp();
  store.fail();
  assert.equal((await ana.ask(removed("ben", true))).code, "unavailable");
  store.recover();
  assert.equal((await ben.ask({ type: "send", room: "ops", text: "still here" })).seq, 3);
  assert.equal(ana.heard.at(-1).text, "still here");
});

Deno.test("those who were banned are listed for moderators, until they are added again", async () => {
  const { bench, ana, ben, owner } = await setUp();
  await ana.ask(removed("ben", true));
  await ana.ask(removed("owner", true));
  await bench.newcomer("cleo");
  await ana.ask(removed("cleo", true));
  const listed = async (after?: string) => (await ana.ask({ type: "bans", room: "ops", after })).usernames;
  assert.deepEqual([await listed(), await listed("ben")], [["ben", "cleo"], ["cleo"]]);
  await ana.ask({ type: "add", room: "ops", username: "ben" });
  assert.deepEqual(await listed(), ["cleo"]);
  assert.equal((await ben.ask({ type: "bans", room: "ops" })).code, "forbidden");
  assert.equal((await owner.ask({ type: "bans", room: "ops" })).code, "not_a_member");
  const later = await new TestHub({}, bench.store).comeBack(ana.token);
  assert.deepEqual((await later.ask({ type: "bans", room: "ops" })).usernames, ["cleo"]);
});
