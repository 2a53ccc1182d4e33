import assert from "node:assert/strict";
import { findReset, passwordOf } from "../../../server/hub/mod.ts";
import { ailingStore } from "../../kit/ailing_store.ts";
import { TestHub } from "../../kit/hub.ts";
import { refusalOf } from "../../kit/refusals.ts";

async function setUp(store = ailingStore()) {
  const bench = new TestHub({}, store);
  const owner = await bench.newcomer("owner"), ben = await bench.newcomer("ben");
  return { bench, store, owner, ben };
}

function out(username: string, deactivated = true) {
  return { type: "deactivate", username, deactivated };
}

Deno.test("whoever is deactivated is out on all devices at once, and told why", async () => {
  const { bench, owner, ben } = await setUp();
  const phone = await bench.logIn(ben.guest.account);
  assert.equal((await owner.ask(out("ben"))).type, "ok");
  for (const session of [ben, phone]) {
    assert.deepEqual([session.heard.at(-1).type, session.heard.at(-1).code], ["bye", "revoked"]);
    assert.match(session.heard.at(-1).message, /account was deactivated/);
    assert.equal(session.sink.end, "closed");
  }
  assert.equal(bench.logged("account_deactivated")[0].by, "owner");
});

Deno.test("neither a token nor a password nor a reset link opens a deactivated account", async () => {
  const { bench, owner, ben } = await setUp();
  const { account } = ben.guest;
  const { link } = await owner.ask({ type: "issue_reset", username: "ben" });
  await owner.ask(out("ben"));
  const resumed = await bench.comeBack(ben.token).catch((error) => error);
  assert.equal(resumed.code, "token_invalid");
  assert.equal(passwordOf(bench.hub, account), undefined);
  assert.equal(refusalOf(() => findReset(bench.hub, link.split("#")[1] ?? "")).code, "reset_invalid");
  assert.equal((await owner.ask({ type: "issue_reset", username: "ben" })).code, "forbidden");
  const later = new TestHub({}, bench.store);
  assert.equal(passwordOf(later.hub, later.hub.accounts.withId(2)), undefined);
});

Deno.test("a login that is decided in the same turn is ended too", async () => {
  const { bench, owner, ben } = await setUp();
  const coming = bench.logIn(ben.guest.account);
  owner.say(out("ben"));
  await bench.settle();
  assert.equal((await coming).heard.at(-1).code, "revoked");
});

Deno.test("what somebody said and the rooms that they are in stay, and who shows how it is", async () => {
  const { owner, ben } = await setUp();
  await ben.ask({ type: "send", room: "general", text: "I was here" });
  await owner.ask(out("ben"));
  ben.leave();
  const { messages } = await owner.ask({ type: "history", room: "general", limit: 1 });
  assert.deepEqual([messages[0].from, messages[0].text], ["ben", "I was here"]);
  const { users } = await owner.ask({ type: "who", room: "general" });
  assert.deepEqual(users[0], { username: "ben", status: "offline", deactivated: true });
  const { people } = await owner.ask({ type: "people" });
  assert.equal(people[0].deactivated, true);
});

Deno.test("whoever is reactivated comes back with the password, in the rooms of before", async () => {
  const { bench, owner, ben } = await setUp();
  await owner.ask(out("ben"));
  assert.equal((await owner.ask(out("ben", false))).type, "ok");
  assert.ok(passwordOf(bench.hub, ben.guest.account) !== undefined);
  const back = await bench.logIn(ben.guest.account);
  assert.deepEqual(back.welcome.rooms.map(({ room }: { room: string }) => room), ["general"]);
  const resumed = await bench.comeBack(ben.token).catch((error) => error);
  assert.equal(resumed.code, "token_invalid");
});

Deno.test("admins decide about members and guests, owners about everybody but the last owner", async () => {
  const { bench, owner } = await setUp();
  const admin = await bench.newcomerAs("admin", "admin");
  await bench.newcomerAs("admin", "other");
  await bench.newcomerAs("guest", "gil");
  for (const name of ["ben", "gil"]) assert.equal((await admin.ask(out(name))).type, "ok");
  for (const name of ["owner", "other", "admin"]) {
    assert.equal((await admin.ask(out(name))).code, "forbidden");
  }
  assert.equal((await admin.ask(out("nobody"))).code, "no_such_user");
  assert.match((await owner.ask(out("owner"))).message, /last owner/);
  await owner.ask({ type: "role", username: "other", role: "owner" });
  assert.equal((await owner.ask(out("other"))).type, "ok");
  // An owner who cannot come back is none that a server could rely on.
  assert.match((await owner.ask(out("owner"))).message, /last owner/);
  assert.match((await owner.ask({ type: "role", username: "owner", role: "admin" })).message, /last owner/);
});

Deno.test("an owner who deactivates themselves is told that it is done before they go", async () => {
  const { bench, owner } = await setUp();
  await bench.newcomerAs("owner", "second");
  const ok = await owner.ask(out("owner"));
  assert.equal(ok.type, "ok");
  assert.deepEqual(owner.heard.slice(-2).map(({ type }) => type), ["ok", "bye"]);
});

Deno.test("twice is fine, and nothing is told again", async () => {
  const { bench, owner } = await setUp();
  for (const _ of [1, 2]) assert.equal((await owner.ask(out("ben"))).type, "ok");
  assert.equal(bench.logged("account_deactivated").length, 1);
});

Deno.test("where it could not be stored, nobody is out", async () => {
  const { bench, store, owner, ben } = await setUp();
  store.fail();
  assert.equal((await owner.ask(out("ben"))).code, "unavailable");
  store.recover();
  assert.equal(ben.sink.end, "open");
  assert.ok(passwordOf(bench.hub, ben.guest.account) !== undefined);
  assert.equal((await bench.comeBack(ben.token)).welcome.user.username, "ben");
});
