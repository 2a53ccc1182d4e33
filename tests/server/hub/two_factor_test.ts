import assert from "node:assert/strict";
import {
  beginTwoFactor,
  confirmTwoFactor,
  endTwoFactor,
  refuseEnd,
  renewRecoveryCodes,
  useCode,
} from "../../../server/hub/mod.ts";
import { ailingStore } from "../../kit/ailing_store.ts";
import { authenticator } from "../../kit/authenticator.ts";
import { TestHub } from "../../kit/hub.ts";
import { assertRefused } from "../../kit/refusals.ts";
import { protect } from "../../kit/two_factor.ts";

Deno.test("a secret protects nothing until a code of it is shown", async () => {
  const bench = new TestHub();
  const { guest, sink } = await bench.newcomer("ana");
  assertRefused(() => confirmTwoFactor(bench.hub, guest, "123456", "1"), "code_invalid");
  beginTwoFactor(bench.hub, guest, "2");
  await bench.settle();
  const { re, secret, uri } = sink.frames.at(-1);
  assert.equal(re, "2");
  assert.ok(uri.startsWith("otpauth://totp/Test:ana?") && uri.includes(secret), uri);
  assertRefused(() => confirmTwoFactor(bench.hub, guest, "000000", "3"), "code_invalid");
  assert.deepEqual(useCode(bench.hub, guest.account, undefined), []);
  assert.equal(new TestHub({}, bench.store).hub.accounts.withId(guest.account.id).twoFactor, false);
});

Deno.test("once it is on it stays on after a restart, and cannot be begun again", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const { recoveryCodes } = await protect(bench, ana);
  assert.equal(recoveryCodes.length, 10);
  assertRefused(() => beginTwoFactor(bench.hub, ana.guest, "1"), "forbidden");
  assertRefused(() => confirmTwoFactor(bench.hub, ana.guest, "123456", "1"), "forbidden");
  const again = new TestHub({}, bench.store);
  assertRefused(
    () => useCode(again.hub, again.hub.accounts.withId(ana.guest.account.id), undefined),
    "code_required",
  );
  assert.equal(bench.logged("two_factor_on").length, 1);
});

Deno.test("of two secrets that were asked for, the later counts", async () => {
  const bench = new TestHub();
  const { guest, sink } = await bench.newcomer("ana");
  beginTwoFactor(bench.hub, guest, "1");
  beginTwoFactor(bench.hub, guest, "2");
  await bench.settle();
  const [first, second] = sink.frames.filter(({ type }) => type === "two_factor_secret");
  assertRefused(
    () => confirmTwoFactor(bench.hub, guest, authenticator(first.secret, bench.clock)(), "3"),
    "code_invalid",
  );
  confirmTwoFactor(bench.hub, guest, authenticator(second.secret, bench.clock)(), "4");
  await bench.settle();
  assert.equal(guest.account.twoFactor, true);
});

Deno.test("the code that turned it on logs nobody in", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const { app } = await protect(bench, ana);
  assertRefused(() => useCode(bench.hub, ana.guest.account, app()), "code_invalid");
});

Deno.test("turned off, it asks for nothing, its recovery codes are gone, and it can be begun anew", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  await protect(bench, ana);
  endTwoFactor(bench.hub, ana.guest, [], "off");
  assert.deepEqual(useCode(bench.hub, ana.guest.account, undefined), []);
  await bench.settle();
  assert.deepEqual(bench.store.people.recoveryCodesOf(ana.guest.account.id), []);
  assert.equal(bench.store.people.secondFactorOf(ana.guest.account.id), undefined);
  assert.equal(bench.logged("two_factor_off").length, 1);
  bench.clock.advance(30_000);
  assert.equal((await protect(bench, ana)).recoveryCodes.length, 10);
});

Deno.test("where the server demands it, or it is off, there is nothing to turn off", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  assertRefused(() => refuseEnd(bench.hub, ana.guest.account), "forbidden");
  assertRefused(() => renewRecoveryCodes(bench.hub, ana.guest, [], "1"), "forbidden");
  await protect(bench, ana);
  refuseEnd(bench.hub, ana.guest.account);
  await ana.ask({ type: "policy", twoFactor: "required" });
  assertRefused(() => endTwoFactor(bench.hub, ana.guest, [], "1"), "forbidden");
});

Deno.test("new recovery codes are in place of the old", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  const { recoveryCodes: [old] } = await protect(bench, ana);
  renewRecoveryCodes(bench.hub, ana.guest, [], "new");
  await bench.settle();
  const [fresh] = ana.sink.frames.at(-1).codes;
  assertRefused(() => useCode(bench.hub, ana.guest.account, old), "code_invalid");
  assert.equal(useCode(bench.hub, ana.guest.account, fresh).length, 1);
});

Deno.test("what could not be stored is neither on nor off", async () => {
  const store = ailingStore();
  const bench = new TestHub({}, store);
  const ana = await bench.newcomer("ana");
  beginTwoFactor(bench.hub, ana.guest, "1");
  await bench.settle();
  const app = authenticator(ana.sink.frames.at(-1).secret, bench.clock);
  store.fail();
  confirmTwoFactor(bench.hub, ana.guest, app(), "2");
  await bench.settle();
  assert.deepEqual([ana.guest.account.twoFactor, ana.heard.at(-1).code], [false, "unavailable"]);
  store.recover();
  confirmTwoFactor(bench.hub, ana.guest, app(), "3");
  await bench.settle();
  store.fail();
  endTwoFactor(bench.hub, ana.guest, [], "4");
  await bench.settle();
  assert.deepEqual([ana.guest.account.twoFactor, ana.heard.at(-1).code], [true, "unavailable"]);
});
