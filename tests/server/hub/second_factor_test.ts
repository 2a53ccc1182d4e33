import assert from "node:assert/strict";
import { type Account, signIn, useCode } from "../../../server/hub/mod.ts";
import { ailingStore } from "../../kit/ailing_store.ts";
import { TestHub, Visitor } from "../../kit/hub.ts";
import { assertRefused } from "../../kit/refusals.ts";
import { protect } from "../../kit/two_factor.ts";

const stepMs = 30_000;

async function setUp(store = ailingStore()) {
  const bench = new TestHub({}, store);
  const ana = await bench.newcomer("ana");
  const { account } = ana.guest;
  const protection = await protect(bench, ana);
  bench.clock.advance(stepMs);
  return { bench, store, ana, account, ...protection };
}

/** A login whose password was right. */
function enter(bench: TestHub, account: Account, code: string | undefined): Visitor {
  const visitor = new Visitor(bench);
  signIn(bench.hub, account, visitor.arrival(), useCode(bench.hub, account, code));
  return visitor;
}

Deno.test("an account without a second factor needs no code, and one that is given is not looked at", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  assert.deepEqual(useCode(bench.hub, ana.guest.account, undefined), []);
  assert.deepEqual(useCode(bench.hub, ana.guest.account, "123456"), []);
});

Deno.test("with a second factor a login takes the app's code, with or without spaces", async () => {
  const { bench, account, app } = await setUp();
  assertRefused(() => useCode(bench.hub, account, undefined), "code_required");
  for (const code of ["", "000000", "12345", "1234567", "x", app(10 * stepMs), app(-10 * stepMs)]) {
    assertRefused(() => useCode(bench.hub, account, code), "code_invalid");
  }
  const visitor = enter(bench, account, app().replace(/(...)/, " $1 "));
  await bench.settle();
  assert.deepEqual(visitor.welcome.user, { username: "ana", role: "owner", twoFactor: true });
});

Deno.test("a code is good once, and the ones before it no more, also for two logins in one turn and after a restart", async () => {
  const { bench, store, account, app } = await setUp();
  const before = app(-stepMs), code = app(), next = app(stepMs);
  enter(bench, account, code);
  assertRefused(() => useCode(bench.hub, account, code), "code_invalid");
  await bench.settle();
  assertRefused(() => useCode(bench.hub, account, code), "code_invalid");
  assertRefused(() => useCode(bench.hub, account, before), "code_invalid");
  const again = new TestHub({}, store);
  again.clock.advance(stepMs);
  const known = again.hub.accounts.withId(account.id);
  assertRefused(() => useCode(again.hub, known, code), "code_invalid");
  assert.equal(useCode(again.hub, known, next).length, 1);
});

Deno.test("a code whose use could not be stored is good still", async () => {
  const { bench, store, account, app, recoveryCodes: [recovery] } = await setUp();
  store.fail();
  enter(bench, account, app());
  enter(bench, account, recovery);
  await bench.settle();
  store.recover();
  for (const code of [app(), recovery]) {
    const visitor = enter(bench, account, code);
    await bench.settle();
    assert.equal(visitor.sink.frames.at(-1).type, "auth_success");
  }
});

Deno.test("each recovery code opens the account once, which is told to its sessions", async () => {
  const { bench, ana, account, recoveryCodes } = await setUp();
  const [first = "", second = ""] = recoveryCodes;
  enter(bench, account, first.toUpperCase());
  assertRefused(() => useCode(bench.hub, account, first), "code_invalid");
  await bench.settle();
  assertRefused(() => useCode(bench.hub, account, first), "code_invalid");
  const alert = { type: "alert", about: "recovery_code_used", time: bench.clock.now() };
  assert.deepEqual(ana.heard.filter(({ about }) => about === "recovery_code_used"), [alert]);
  enter(bench, account, second);
  await bench.settle();
  assert.equal(bench.store.people.recoveryCodesOf(account.id).length, 8);
  assert.deepEqual(bench.logged("recovery_code_used").map(({ left }) => left), [9, 8]);
});

Deno.test("recovery codes are kept only as hashes, and no secret of the second factor is logged", async () => {
  const { bench, account, recoveryCodes } = await setUp();
  const stored = JSON.stringify(bench.store.people.recoveryCodesOf(account.id));
  const secret = bench.store.people.secondFactorOf(account.id)?.secret ?? "";
  assert.ok(secret.length > 0);
  for (const text of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll("-", ""))]) {
    assert.ok(!stored.includes(text));
    assert.ok(bench.world.lines.every((line) => !line.includes(text)));
  }
});
