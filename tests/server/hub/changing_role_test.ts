import assert from "node:assert/strict";
import { ailingStore } from "../../kit/ailing_store.ts";
import { TestHub, type Visitor } from "../../kit/hub.ts";

function change(username: string, role: string) {
  return { type: "role", username, role };
}

function roleOf(bench: TestHub, name: string): string | undefined {
  return bench.hub.accounts.named(name)?.role;
}

Deno.test("another role holds at once, is told to every session of the person, and is remembered", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  const phone = await bench.logIn(ben.guest.account);
  ana.say(change("ben", "admin"));
  assert.equal(roleOf(bench, "ben"), "admin");
  await bench.settle();
  for (const session of [ben, phone]) {
    assert.deepEqual(session.heard.filter(({ type }) => type === "role"), [{ type: "role", role: "admin" }]);
  }
  assert.equal(ana.sink.frames.at(-1).type, "ok");
  assert.equal(new TestHub({}, bench.store).hub.accounts.named("ben")?.role, "admin");
  const [{ username, role, by }] = bench.logged("role_changed");
  assert.deepEqual([username, role, by], ["ben", "admin", "ana"]);
});

Deno.test("the role that somebody has already is no change, and nobody is told", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  assert.equal((await ana.ask(change("ben", "member"))).type, "ok");
  assert.deepEqual(ben.heard.filter(({ type }) => type === "role"), []);
  assert.deepEqual(bench.logged("role_changed"), []);
});

Deno.test("an admin decides about members and guests, and touches no admin and no owner, nor makes one", async () => {
  const bench = new TestHub();
  await bench.newcomer("ana");
  const ben = await bench.newcomerAs("admin", "ben");
  await bench.newcomerAs("admin", "cleo");
  await bench.newcomerAs("member", "dan");
  assert.equal((await ben.ask(change("dan", "guest"))).type, "ok");
  assert.equal((await ben.ask(change("dan", "member"))).type, "ok");
  for (
    const [name, role] of [["ana", "member"], ["cleo", "member"], ["ben", "owner"], ["dan", "admin"], [
      "ben",
      "guest",
    ]]
  ) {
    assert.equal((await ben.ask(change(name ?? "", role ?? ""))).code, "forbidden", `${name} ${role}`);
  }
  assert.equal((await ben.ask(change("nobody", "guest"))).code, "no_such_user");
});

Deno.test("the last owner stays, also against their own will", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const refused = await ana.ask(change("ana", "member"));
  assert.equal(refused.code, "forbidden");
  assert.match(refused.message, /last owner.*Make somebody else an owner first/);
  const ben = await bench.newcomer("ben");
  await ana.ask(change("ben", "owner"));
  assert.equal((await ana.ask(change("ana", "member"))).type, "ok");
  assert.equal((await ben.ask(change("ben", "guest"))).code, "forbidden");
});

Deno.test("two owners who demote each other in one turn leave one owner", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomerAs("owner", "ben");
  const first = ana.say(change("ben", "member"));
  // The gate would refuse this too: the rule must hold without it.
  const second = ben.say(change("ana", "member"));
  await bench.settle();
  assert.deepEqual(answersTo(ana, first), ["ok"]);
  assert.deepEqual(answersTo(ben, second), ["forbidden"]);
  assert.deepEqual([roleOf(bench, "ana"), roleOf(bench, "ben")], ["owner", "member"]);
});

Deno.test("two owners who give up in one turn leave one owner", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomerAs("owner", "ben");
  ana.say(change("ana", "member"));
  ben.say(change("ben", "member"));
  await bench.settle();
  assert.deepEqual([roleOf(bench, "ana"), roleOf(bench, "ben")], ["member", "owner"]);
});

Deno.test("roles that could not be stored are as they were, whatever was decided on top of them", async () => {
  const store = ailingStore();
  const bench = new TestHub({}, store);
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  store.fail();
  ana.say(change("ben", "owner"));
  ben.say(change("ana", "guest"));
  await bench.settle();
  assert.deepEqual([roleOf(bench, "ana"), roleOf(bench, "ben")], ["owner", "member"]);
  assert.equal(ana.heard.at(-1).code, "unavailable");
  assert.deepEqual(ben.heard.filter(({ type }) => type === "role"), []);
  store.recover();
  assert.equal((await ana.ask(change("ben", "admin"))).type, "ok");
});

function answersTo({ sink }: Visitor, id: string): string[] {
  return sink.frames.filter(({ re }) => re === id).map(({ type, code }) => code ?? type);
}
