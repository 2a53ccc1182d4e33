import assert from "node:assert/strict";
import {
  admit,
  changePassword,
  findReset,
  newReset,
  passwordOf,
  redeemReset,
  resume,
} from "../../../server/hub/mod.ts";
import { limits } from "../../../shared/protocol/mod.ts";
import { ailingStore } from "../../kit/ailing_store.ts";
import { TestHub, Visitor } from "../../kit/hub.ts";
import { assertRefused, refusalOf } from "../../kit/refusals.ts";
import { protect } from "../../kit/two_factor.ts";

async function setUp(store = ailingStore()) {
  const bench = new TestHub({}, store);
  const ana = await bench.newcomer("ana"), ben = await bench.newcomer("ben");
  const link = async (more = {}) => (await ana.ask({ type: "issue_reset", username: "ben", ...more })).secret;
  return { bench, store, ana, ben, link };
}

function redeem(bench: TestHub, secret: string, code?: string, passwordHash = "$new"): Visitor {
  const visitor = new Visitor(bench);
  redeemReset(bench.hub, { secret, passwordHash, code }, visitor.arrival());
  return visitor;
}

Deno.test("an owner makes a link, which is told and logged without its secret, and kept as a hash", async () => {
  const { bench, ana, ben } = await setUp();
  const reset = await ana.ask({ type: "issue_reset", username: "Ben" });
  assert.equal(reset.username, "ben");
  assert.equal(reset.link, `chat://here/reset#${reset.secret}`);
  assert.equal(reset.expires, bench.clock.now() + limits.resetLifeMs);
  assert.equal(findReset(bench.hub, reset.secret).account, ben.guest.account);
  assert.ok(bench.world.lines.every((line) => !line.includes(reset.secret)));
  const [{ username, by }] = bench.logged("reset_issued");
  assert.deepEqual([username, by], ["ben", "ana"]);
});

Deno.test("a link sets the password, ends every other login, and opens a session", async () => {
  const { bench, ben, link } = await setUp();
  const phone = await bench.logIn(ben.guest.account);
  const visitor = redeem(bench, await link());
  await bench.settle();
  assert.equal(visitor.welcome.user.username, "ben");
  assert.equal(passwordOf(bench.hub, ben.guest.account), "$new");
  for (const old of [ben, phone]) {
    assert.deepEqual([old.heard.at(-1).code, old.sink.end], ["revoked", "closed"]);
    const { code, message } = refusalOf(() => resume(bench.hub, old.token, undefined, old.arrival()));
    assert.equal(code, "token_invalid");
    assert.match(message, /your password was changed/);
  }
  assert.equal((await bench.comeBack(visitor.token)).welcome.user.username, "ben");
});

Deno.test("a link is good once, also within one turn, and also for two people who have it", async () => {
  const { bench, link } = await setUp();
  const secret = await link();
  redeem(bench, secret);
  assertRefused(() => redeem(bench, secret), "reset_invalid");
  await bench.settle();
  assertRefused(() => redeem(bench, secret), "reset_invalid");
});

Deno.test("a link is good for an hour, and no more once there is a newer one", async () => {
  const { bench, link } = await setUp();
  const first = await link(), second = await link();
  assertRefused(() => findReset(bench.hub, first), "reset_invalid");
  bench.clock.advance(limits.resetLifeMs - 1);
  findReset(bench.hub, second);
  bench.clock.advance(1);
  assertRefused(() => findReset(bench.hub, second), "reset_invalid");
});

Deno.test("a change of the password voids the links that are about", async () => {
  const { bench, ben, link } = await setUp();
  const secret = await link();
  changePassword(bench.hub, ben.guest, { proven: passwordOf(bench.hub, ben.guest.account), hash: "$x" }, "1");
  await bench.settle();
  assertRefused(() => findReset(bench.hub, secret), "reset_invalid");
});

Deno.test("a link made beside the running server is as good", async () => {
  const { bench, ben } = await setUp();
  const { secret, change } = newReset(
    { accountId: ben.guest.account.id, endsTwoFactor: false, issuer: undefined },
    bench.world,
  );
  bench.store.commit([change]);
  assert.equal(findReset(bench.hub, secret).account, ben.guest.account);
});

Deno.test("an invite resets nothing, and a reset invites nobody", async () => {
  const { bench, ana, link } = await setUp();
  const invite = await ana.ask({ type: "invite" });
  assertRefused(() => findReset(bench.hub, invite.secret), "reset_invalid");
  const secret = await link();
  assertRefused(() => admit(bench.hub, secret), "invite_invalid");
});

Deno.test("where two-factor is on a link takes a code too", async () => {
  const { bench, ben, link } = await setUp();
  const { app } = await protect(bench, ben);
  bench.clock.advance(30_000);
  const secret = await link();
  assert.equal(findReset(bench.hub, secret).needsCode, true);
  assertRefused(() => redeem(bench, secret), "code_required");
  assertRefused(() => redeem(bench, secret, "000000"), "code_invalid");
  const visitor = redeem(bench, secret, app());
  await bench.settle();
  assert.equal(visitor.welcome.user.twoFactor, true);
});

Deno.test("a link that takes two-factor off needs no code, and leaves the account without it", async () => {
  const { bench, ben, link } = await setUp();
  await protect(bench, ben);
  const secret = await link({ twoFactor: true });
  assert.equal(findReset(bench.hub, secret).needsCode, false);
  assert.equal(ben.guest.account.twoFactor, true, "until it is used");
  const visitor = redeem(bench, secret);
  await bench.settle();
  assert.equal(visitor.welcome.user.twoFactor, undefined);
  assert.equal(new TestHub({}, bench.store).hub.accounts.named("ben")?.twoFactor, false);
  assert.equal(bench.logged("two_factor_off").length, 1);
});

Deno.test("a link that could not be used for want of a disk is good still, and nothing has changed", async () => {
  const { bench, store, ben, link } = await setUp();
  await protect(bench, ben);
  const secret = await link({ twoFactor: true });
  store.fail();
  const refused = redeem(bench, secret);
  await bench.settle();
  assert.equal(refused.sink.frames.at(-1).code, "unavailable");
  assert.deepEqual([ben.sink.end, ben.guest.account.twoFactor], ["open", true]);
  store.recover();
  const visitor = redeem(bench, secret);
  await bench.settle();
  assert.equal(visitor.welcome.user.username, "ben");
});

Deno.test("nobody makes a link for themselves, nor for somebody who is not there", async () => {
  const { ana } = await setUp();
  assert.equal((await ana.ask({ type: "issue_reset", username: "ana" })).code, "forbidden");
  assert.equal((await ana.ask({ type: "issue_reset", username: "nobody" })).code, "no_such_user");
});
