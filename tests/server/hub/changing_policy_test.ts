import assert from "node:assert/strict";
import { resume } from "../../../server/hub/mod.ts";
import { ailingStore } from "../../kit/ailing_store.ts";
import { TestHub, Visitor } from "../../kit/hub.ts";
import { protect } from "../../kit/two_factor.ts";

const required = { type: "policy", twoFactor: "required" };

async function setUp(store = ailingStore()) {
  const bench = new TestHub({}, store);
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  await protect(bench, ana);
  return { bench, store, ana, ben };
}

Deno.test("the policy is told, changed, logged, and kept", async () => {
  const { bench, ana } = await setUp();
  assert.equal((await ana.ask({ type: "policy" })).twoFactor, "optional");
  assert.equal((await ana.ask(required)).twoFactor, "required");
  assert.equal((await ana.ask({ type: "policy" })).twoFactor, "required");
  assert.equal(new TestHub({}, bench.store).hub.policy.twoFactor, "required");
  assert.equal((await ana.ask({ type: "policy", twoFactor: "optional" })).twoFactor, "optional");
  assert.equal(new TestHub({}, bench.store).hub.policy.twoFactor, "optional");
  assert.deepEqual(bench.logged("policy_changed").map(({ twoFactor }) => twoFactor), [
    "required",
    "optional",
  ]);
});

Deno.test("an owner who has no second factor cannot demand one of everybody", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const { code, message } = await ana.ask(required);
  assert.equal(code, "forbidden");
  assert.match(message, /Turn two-factor on for yourself first/);
});

Deno.test("once two-factor is required, sessions without it end, and come back confined", async () => {
  const { bench, ana, ben } = await setUp();
  await ana.ask(required);
  assert.deepEqual([ben.heard.at(-1).type, ben.heard.at(-1).code], ["bye", "two_factor_required"]);
  assert.deepEqual([ben.sink.end, ana.sink.end], ["closed", "open"]);
  ben.leave();
  const back = await bench.comeBack(ben.token, { general: 1 });
  assert.deepEqual([back.welcome.confined, back.welcome.rooms], [true, []]);
  assert.equal(back.guest.confined, true);
});

Deno.test("a confined session hears nothing of rooms, and nobody sees it", async () => {
  const { bench, ana, ben } = await setUp();
  await ana.ask(required);
  ben.leave();
  await bench.clock.pass(1_000);
  const back = await bench.comeBack(ben.token);
  await bench.clock.pass(1_000);
  assert.ok(!ana.heard.some(({ status }) => status === "online"));
  await ana.ask({ type: "send", room: "general", text: "secret" });
  assert.deepEqual(back.heard, []);
  const { users } = await ana.ask({ type: "who", room: "general" });
  assert.deepEqual(users.map(({ status }: { status: string }) => status), ["online", "offline"]);
});

Deno.test("whoever sets two-factor up in a confined session resumes to a full one", async () => {
  const { bench, ana, ben } = await setUp();
  await ana.ask(required);
  ben.leave();
  const confined = await bench.comeBack(ben.token);
  await protect(bench, confined);
  assert.equal(confined.guest.confined, true, "until it resumes");
  confined.leave();
  const full = await bench.comeBack(confined.token);
  assert.equal(full.welcome.confined, undefined);
  assert.equal(full.welcome.rooms.length, 1);
  assert.equal(full.welcome.user.twoFactor, true);
});

Deno.test("a newcomer begins confined where two-factor is required", async () => {
  const { bench, ana } = await setUp();
  await ana.ask(required);
  const cleo = await bench.newcomer("cleo");
  assert.deepEqual([cleo.welcome.confined, cleo.welcome.rooms], [true, []]);
  await ana.ask({ type: "send", room: "general", text: "secret" });
  assert.deepEqual(cleo.heard, []);
});

Deno.test("a session that opens in the turn in which two-factor becomes required is confined or ended", async () => {
  const { bench, ana, ben } = await setUp();
  const before = new Visitor(bench), after = new Visitor(bench);
  const other = await bench.newcomer("cleo");
  resume(bench.hub, ben.token, undefined, before.arrival());
  ana.say(required);
  resume(bench.hub, other.token, undefined, after.arrival());
  await bench.settle();
  for (const visitor of [before, after]) {
    assert.deepEqual([visitor.welcome.confined, visitor.welcome.rooms], [true, []]);
  }
});

Deno.test("a confined device is in the list of devices and can be revoked", async () => {
  const { bench, ana, ben } = await setUp();
  await ana.ask(required);
  const one = await bench.comeBack(ben.token), other = await bench.logIn(ben.guest.account);
  const { devices } = await one.ask({ type: "devices" });
  assert.deepEqual(devices.map(({ online }: { online: boolean }) => online), [true, true]);
  await one.ask({ type: "revoke" });
  assert.deepEqual([one.sink.end, other.sink.end], ["open", "closed"]);
});

Deno.test("a policy that could not be stored ends nobody's session, and is as it was", async () => {
  const { bench, store, ana, ben } = await setUp();
  store.fail();
  assert.equal((await ana.ask(required)).code, "unavailable");
  store.recover();
  assert.equal(ben.sink.end, "open");
  assert.equal((await ana.ask({ type: "policy" })).twoFactor, "optional");
  assert.equal((await bench.comeBack(ben.token)).welcome.confined, undefined);
});
