import assert from "node:assert/strict";
import { changePassword } from "../../../server/hub/mod.ts";
import { limits } from "../../../shared/protocol/mod.ts";
import { authenticator } from "../../kit/authenticator.ts";
import { testPassword } from "../../kit/line_client.ts";
import { SessionBench, testPasswordHash, type TestSession } from "../../kit/sessions.ts";

const newPassword = "another long password";
const change = { type: "change_password", current: testPassword, password: newPassword };

async function setUp() {
  const bench = new SessionBench();
  const ana = await bench.registered("ana");
  return { bench, ana };
}

/** Turns two-factor on, and lets the step pass whose code that took. */
async function protect(bench: SessionBench, session: TestSession) {
  const { secret } = await session.asks({ type: "two_factor_begin", password: testPassword });
  const app = authenticator(secret, bench.clock);
  const { codes } = await session.asks({ type: "two_factor_confirm", code: app() });
  bench.clock.advance(30_000);
  return { app, codes };
}

Deno.test("a changed password is the only one that opens, and ends every other login", async () => {
  const { bench, ana } = await setUp();
  const phone = await bench.loggedIn("ana");
  assert.equal((await ana.asks(change)).type, "ok");
  assert.deepEqual([phone.codes.at(-1), phone.sink.end, ana.sink.end], ["revoked", "closed", "open"]);
  assert.match(phone.sink.frames.at(-1).message, /your password was changed/);
  const late = bench.connect();
  assert.equal((await late.asks({ type: "resume", token: phone.token })).code, "token_invalid");
  await bench.loggedIn("ana", { password: newPassword });
  await bench.resumed(ana.token);
});

Deno.test("a password is changed by whoever knows it, to one that is good enough", async () => {
  const { ana } = await setUp();
  assert.equal((await ana.asks({ ...change, current: "not my password" })).code, "auth_failed");
  assert.equal(
    (await ana.asks({ ...change, current: "not my password", password: "short" })).code,
    "auth_failed",
  );
  assert.equal((await ana.asks({ ...change, password: "short" })).code, "weak_password");
  const same = await ana.asks({ ...change, password: testPassword });
  assert.deepEqual([same.code, /the password that you have now/.test(same.message)], ["weak_password", true]);
  assert.equal((await ana.asks(change)).type, "ok");
});

Deno.test("a changed password is answered with a proof for the next login from there", async () => {
  const { bench, ana } = await setUp();
  const { deviceProof } = await ana.asks(change);
  const wrong = { type: "login", username: "ana", password: "not my password" };
  const stranger = bench.connect();
  for (let count = 0; count <= limits.failuresFree; count++) await stranger.asks(wrong);
  const login = { ...wrong, password: newPassword };
  assert.equal((await stranger.asks(login)).code, "rate_limited");
  assert.equal((await stranger.asks({ ...login, deviceProof })).type, "auth_success");
});

Deno.test("where two-factor is on a password is changed with a code too, which nothing but the change uses up", async () => {
  const { bench, ana } = await setUp();
  const { app, codes: [recovery] } = await protect(bench, ana);
  assert.equal((await ana.asks(change)).code, "code_required");
  assert.equal((await ana.asks({ ...change, current: "not mine", code: app() })).code, "auth_failed");
  assert.equal((await ana.asks({ ...change, code: "000000" })).code, "code_invalid");
  assert.equal((await ana.asks({ ...change, password: "short", code: app() })).code, "weak_password");
  await bench.loggedIn("ana", { code: recovery });
  assert.equal((await ana.asks({ ...change, code: app() })).type, "ok");
  const login = { type: "login", username: "ana", password: newPassword };
  assert.equal((await bench.connect().asks({ ...login, code: app() })).code, "code_invalid");
});

Deno.test("whoever changes a password without all factors clears no count of failures", async () => {
  const { bench, ana } = await setUp();
  await protect(bench, ana);
  const wrong = { type: "login", username: "ana", password: "not my password" };
  for (let count = 0; count < limits.failuresFree + 2; count++) {
    bench.clock.advance(3_000);
    await bench.connect().asks(wrong);
  }
  assert.equal((await ana.asks(change)).code, "code_required");
  assert.equal((await bench.connect().asks(wrong)).code, "rate_limited");
});

Deno.test("a session that came by a token proves itself by password and code, and may then do all that it may", async () => {
  const { bench, ana } = await setUp();
  const { app } = await protect(bench, ana);
  await bench.registered("ben");
  const back = await bench.resumed(ana.token);
  const reset = { type: "issue_reset", username: "ben" };
  const refused = await back.asks(reset);
  assert.equal(refused.code, "proof_required");
  assert.match(refused.message, /needs your password again/);
  const proof = { type: "prove", password: testPassword };
  assert.equal((await back.asks({ ...proof, password: "not mine", code: app() })).code, "auth_failed");
  assert.equal((await back.asks(proof)).code, "code_required");
  assert.equal((await back.asks({ ...proof, code: "000000" })).code, "code_invalid");
  assert.equal((await back.asks(reset)).code, "proof_required");
  assert.equal((await back.asks({ ...proof, code: app() })).type, "ok");
  assert.equal((await back.asks(reset)).type, "reset");
  assert.equal((await back.asks({ ...proof, code: app() })).code, "code_invalid", "a code is good once");
});

Deno.test("whoever logs in with a password has proven it", async () => {
  const { bench } = await setUp();
  await bench.registered("ben");
  const session = await bench.loggedIn("ana");
  assert.equal((await session.asks({ type: "issue_reset", username: "ben" })).type, "reset");
});

Deno.test("proofs that fail are counted as guesses", async () => {
  const { ana } = await setUp();
  const wrong = { type: "prove", password: "not my password" };
  for (let count = 0; count < limits.failuresFree; count++) {
    assert.equal((await ana.asks(wrong)).code, "auth_failed");
  }
  assert.equal((await ana.asks({ ...wrong, password: testPassword })).code, "rate_limited");
});

Deno.test("of two changes at once one is made", async () => {
  const { bench, ana } = await setUp();
  const again = await bench.resumed(ana.token);
  const [one, other] = await Promise.all([
    ana.asks(change),
    again.asks({ ...change, password: "yet another password" }),
  ]);
  assert.deepEqual([one.code ?? one.type, other.code ?? other.type].sort(), ["auth_failed", "ok"]);
});

Deno.test("a login with the old password that is verified while it is changed does not come in", async () => {
  const bench = new SessionBench();
  const { guest } = await bench.newcomer("ana");
  const proven = testPasswordHash, hash = await bench.passwords.hash(newPassword);
  bench.store.commit([{ kind: "password", accountId: guest.account.id, password: proven }]);
  const late = bench.connect();
  const entering = late.hears({ type: "login", id: "1", username: "ana", password: testPassword });
  changePassword(bench.hub, guest, { proven, hash }, "2");
  await entering;
  assert.equal(late.codes.at(-1), "auth_failed");
});

Deno.test("a session whose login is ended while it proves something gets nothing done", async () => {
  const { bench, ana } = await setUp();
  const phone = await bench.loggedIn("ana");
  const changing = phone.asks(change);
  await ana.hears({ type: "revoke", id: "r" });
  await changing;
  assert.deepEqual([phone.codes.at(-1), phone.sink.end], ["revoked", "closed"]);
  await bench.loggedIn("ana");
});

Deno.test("two-factor is set up by password and code, and asked for from then on", async () => {
  const { bench, ana } = await setUp();
  assert.equal((await ana.asks({ type: "two_factor_begin", password: "not mine" })).code, "auth_failed");
  const { app, codes: [recovery] } = await protect(bench, ana);
  const login = { type: "login", username: "ana", password: testPassword };
  const stranger = bench.connect();
  assert.equal((await stranger.asks(login)).code, "code_required");
  assert.equal((await stranger.asks({ ...login, code: "000000" })).code, "code_invalid");
  assert.equal((await stranger.asks({ ...login, code: app() })).type, "auth_success");
  assert.equal((await bench.connect().asks({ ...login, code: app() })).code, "code_invalid");
  assert.equal((await bench.connect().asks({ ...login, code: recovery })).type, "auth_success");
  assert.ok(ana.sink.frames.some(({ about }) => about === "recovery_code_used"));
});

Deno.test("two-factor is turned off, and its recovery codes renewed, by password and code together", async () => {
  const { bench, ana } = await setUp();
  const { app, codes: [recovery] } = await protect(bench, ana);
  for (const type of ["two_factor_end", "recovery_codes"]) {
    assert.equal((await ana.asks({ type, password: "not mine", code: app() })).code, "auth_failed");
    assert.equal((await ana.asks({ type, password: testPassword, code: "000000" })).code, "code_invalid");
  }
  const { codes } = await ana.asks({ type: "recovery_codes", password: testPassword, code: app() });
  assert.equal(codes.length, 10);
  const end = { type: "two_factor_end", password: testPassword };
  assert.equal((await ana.asks({ ...end, code: recovery })).code, "code_invalid");
  assert.equal((await ana.asks({ ...end, code: codes[3] })).type, "ok");
  await bench.loggedIn("ana");
});

Deno.test("a session that guesses is held off, and strangers who guess hold no session off", async () => {
  const { bench, ana } = await setUp();
  const wrong = { ...change, current: "not my password" };
  for (let count = 0; count < limits.failuresFree; count++) {
    assert.equal((await ana.asks(wrong)).code, "auth_failed");
  }
  const held = await ana.asks(change);
  assert.equal(held.code, "rate_limited");
  assert.ok(held.retryAfterMs > 0);
  bench.clock.advance(held.retryAfterMs);
  assert.equal((await ana.asks(change)).type, "ok");
});

Deno.test("what is asked behind a change of the password waits for it", async () => {
  const { ana } = await setUp();
  await ana.hears({ ...change, id: "1" }, { type: "ping", id: "2" });
  assert.deepEqual(ana.sink.frames.filter(({ re }) => re === "1" || re === "2").map(({ re }) => re).sort(), [
    "1",
    "2",
  ]);
});
