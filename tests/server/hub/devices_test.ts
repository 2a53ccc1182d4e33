import assert from "node:assert/strict";
import { resume, signIn } from "../../../server/hub/mod.ts";
import { limits } from "../../../shared/protocol/mod.ts";
import { ailingStore } from "../../kit/ailing_store.ts";
import { TestHub, Visitor } from "../../kit/hub.ts";
import { refusalOf } from "../../kit/refusals.ts";

const list = { type: "devices" };

Deno.test("one's devices are listed with their names, when they were made and last seen, and which is this one", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const madeAt = bench.clock.now();
  bench.clock.advance(60_000);
  const phone = await bench.logIn(ana.guest.account, "Ana's phone");
  bench.clock.advance(60_000);
  phone.leave();
  const leftAt = bench.clock.now();
  bench.clock.advance(60_000);
  const { devices } = await ana.ask(list);
  assert.deepEqual(devices, [
    { device: ana.welcome.device, created: madeAt, seen: bench.clock.now(), online: true, current: true },
    {
      device: phone.welcome.device,
      name: "Ana's phone",
      created: madeAt + 60_000,
      seen: leftAt,
      online: false,
      current: false,
    },
  ]);
});

Deno.test("what a device is called in public tells nothing of its tokens, and stays the same when it comes back", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const [id = ""] = ana.token.split(".");
  assert.notEqual(ana.welcome.device, id);
  assert.ok(!JSON.stringify(await ana.ask(list)).includes(id));
  assert.equal((await bench.comeBack(ana.token)).welcome.device, ana.welcome.device);
  assert.ok(bench.world.lines.every((line) => !line.includes(id)));
});

Deno.test("a device that is revoked is gone at once, and its token says why", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const phone = await bench.logIn(ana.guest.account, "Ana's phone");
  const tablet = await bench.logIn(ana.guest.account, "Ana's tablet");
  assert.equal((await ana.ask({ type: "revoke", device: phone.welcome.device })).type, "ok");
  assert.deepEqual([phone.heard.at(-1).type, phone.heard.at(-1).code], ["bye", "revoked"]);
  assert.deepEqual([ana.sink.end, phone.sink.end, tablet.sink.end], ["open", "closed", "open"]);
  const { code, message } = refusalOf(() => resume(bench.hub, phone.token, undefined, ana.arrival()));
  assert.equal(code, "token_invalid");
  assert.match(message, /ended from another of your devices/);
  assert.equal((await ana.ask(list)).devices.length, 2);
});

Deno.test("revoking without a name ends every device but the one that asks", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  const others = [await bench.logIn(ana.guest.account), await bench.logIn(ana.guest.account)];
  const again = await bench.comeBack(ana.token);
  assert.equal((await ana.ask({ type: "revoke" })).type, "ok");
  for (const other of others) assert.equal(other.sink.end, "closed");
  assert.deepEqual([ana.sink.end, again.sink.end, ben.sink.end], ["open", "open", "open"]);
  assert.equal((await ana.ask({ type: "revoke" })).type, "ok", "there may be no other one");
});

Deno.test("whoever revokes the device that they are at is told so, and goes", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  assert.equal((await ana.ask({ type: "revoke", device: ana.welcome.device })).type, "ok");
  assert.deepEqual(ana.heard.map(({ type }) => type), ["ok", "bye"]);
  assert.equal(ana.sink.end, "closed");
});

Deno.test("nobody revokes the device of somebody else", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  assert.equal((await ben.ask({ type: "revoke", device: ana.welcome.device })).code, "no_such_device");
  assert.equal(ana.sink.end, "open");
});

Deno.test("a login that is only just being made is revoked with the others", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const phone = await bench.logIn(ana.guest.account);
  const late = new Visitor(bench), newest = new Visitor(bench);
  resume(bench.hub, phone.token, undefined, late.arrival());
  signIn(bench.hub, ana.guest.account, newest.arrival(), []);
  ana.say({ type: "revoke" });
  await bench.settle();
  for (const visitor of [phone, late, newest]) {
    assert.equal(visitor.sink.frames.at(-1).code, "revoked");
    assert.equal(visitor.sink.end, "closed");
  }
  for (const { token } of [late, newest]) {
    assert.equal(refusalOf(() => resume(bench.hub, token, undefined, ana.arrival())).code, "token_invalid");
  }
});

Deno.test("a token that comes in the turn in which its device is revoked opens nothing", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const phone = await bench.logIn(ana.guest.account);
  ana.say({ type: "revoke" });
  assert.equal(
    refusalOf(() => resume(bench.hub, phone.token, undefined, phone.arrival())).code,
    "token_invalid",
  );
});

Deno.test("a revocation that cannot be stored changes nothing, and is told", async () => {
  const store = ailingStore();
  const bench = new TestHub({}, store);
  const ana = await bench.newcomer("ana");
  const phone = await bench.logIn(ana.guest.account);
  store.fail();
  assert.equal((await ana.ask({ type: "revoke" })).code, "unavailable");
  assert.equal(phone.sink.end, "open");
  store.recover();
  assert.equal((await bench.comeBack(phone.token)).welcome.type, "auth_success");
});

Deno.test("a login with a password is told to the account's other sessions, a resume is not", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  const phone = await bench.logIn(ana.guest.account, "Ana's phone");
  await bench.comeBack(phone.token);
  const alerts = (visitor: Visitor) => visitor.heard.filter(({ type }) => type === "alert");
  const alert = { type: "alert", about: "new_login", device: "Ana's phone", time: bench.clock.now() };
  assert.deepEqual(alerts(ana), [alert]);
  assert.deepEqual([...alerts(phone), ...alerts(ben)], []);
  const [{ username, device }] = bench.logged("logged_in");
  assert.deepEqual([username, device], ["ana", "Ana's phone"]);
});

Deno.test("a stolen token is told to the sessions of the account's other logins", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const phone = await bench.logIn(ana.guest.account, "Ana's phone");
  const second = await bench.comeBack(phone.token);
  await bench.comeBack(second.token);
  refusalOf(() => resume(bench.hub, phone.token, undefined, ana.arrival()));
  await bench.settle();
  const alert = { type: "alert", about: "token_reused", device: "Ana's phone", time: bench.clock.now() };
  assert.deepEqual(ana.heard.at(-1), alert);
  assert.equal(second.heard.at(-1).type, "bye");
});

Deno.test("whoever logs in on too many devices loses the one that was seen longest ago, never one that is in use", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const forgotten = await bench.logIn(ana.guest.account);
  forgotten.leave();
  for (let count = 2; count < limits.loginsPerAccount; count++) {
    bench.clock.advance(1_000);
    await bench.logIn(ana.guest.account);
  }
  assert.equal((await ana.ask(list)).devices.length, limits.loginsPerAccount);
  const newest = await bench.logIn(ana.guest.account);
  assert.equal((await ana.ask(list)).devices.length, limits.loginsPerAccount);
  assert.equal((await bench.comeBack(newest.token)).welcome.type, "auth_success");
  const { message } = refusalOf(() => resume(bench.hub, forgotten.token, undefined, ana.arrival()));
  assert.match(message, /logged in 100 times elsewhere/);
});
