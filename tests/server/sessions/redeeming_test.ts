import assert from "node:assert/strict";
import { authenticator } from "../../kit/authenticator.ts";
import { testPassword } from "../../kit/line_client.ts";
import { SessionBench } from "../../kit/sessions.ts";

const password = "another long password";

async function setUp() {
  const bench = new SessionBench();
  const owner = await bench.registered("owner");
  await owner.asks({ type: "prove", password: testPassword });
  const ana = await bench.registered("ana");
  const link = async (more = {}) =>
    (await owner.asks({ type: "issue_reset", username: "ana", ...more })).secret;
  return { bench, ana, link };
}

Deno.test("a reset link opens a session with a new password, which is the only one from then on", async () => {
  const { bench, ana, link } = await setUp();
  const secret = await link();
  const stranger = bench.connect();
  assert.equal(
    (await stranger.asks({ type: "redeem_reset", secret, password: "short" })).code,
    "weak_password",
  );
  const welcome = await stranger.asks({
    type: "redeem_reset",
    secret,
    password,
    deviceName: "Ana's new laptop",
  });
  assert.deepEqual([welcome.type, welcome.user.username], ["auth_success", "ana"]);
  assert.equal(typeof welcome.deviceProof, "string");
  assert.equal(ana.sink.end, "closed");
  const { devices } = await stranger.asks({ type: "devices" });
  assert.deepEqual(devices.map(({ name }: { name: string }) => name), ["Ana's new laptop"]);
  await bench.loggedIn("ana", { password });
});

Deno.test("one link that two people use at once lets one of them in", async () => {
  const { bench, link } = await setUp();
  const secret = await link();
  const redeem = { type: "redeem_reset", secret, password };
  const [one, other] = await Promise.all([bench.connect().asks(redeem), bench.connect().asks(redeem)]);
  assert.deepEqual([one.code ?? one.type, other.code ?? other.type].sort(), [
    "auth_success",
    "reset_invalid",
  ]);
});

Deno.test("where two-factor is on the link alone is not enough, and wrong codes are counted", async () => {
  const { bench, ana, link } = await setUp();
  const { secret: seed } = await ana.asks({ type: "two_factor_begin", password: testPassword });
  const app = authenticator(seed, bench.clock);
  await ana.asks({ type: "two_factor_confirm", code: app() });
  bench.clock.advance(30_000);
  const secret = await link();
  const redeem = { type: "redeem_reset", secret, password };
  const stranger = bench.connect();
  assert.equal((await stranger.asks(redeem)).code, "code_required");
  const codes = new Set<string>();
  for (let count = 0; count < 6; count++) {
    codes.add((await stranger.asks({ ...redeem, code: "000000" })).code);
  }
  assert.deepEqual([...codes], ["code_invalid", "rate_limited"]);
  bench.clock.advance(60_000);
  assert.equal((await stranger.asks({ ...redeem, code: app() })).type, "auth_success");
});

Deno.test("a link and a code open an account that strangers have guessed at", async () => {
  const { bench, ana, link } = await setUp();
  const { secret: seed } = await ana.asks({ type: "two_factor_begin", password: testPassword });
  const { codes: [code] } = await ana.asks({
    type: "two_factor_confirm",
    code: authenticator(seed, bench.clock)(),
  });
  const guess = { type: "login", username: "ana", password: "a guess of a stranger" };
  const answers: string[] = [];
  for (let tries = 0; tries < 8; tries++) answers.push((await bench.connect().asks(guess)).code);
  assert.equal(answers.at(-1), "rate_limited");
  const redeem = { type: "redeem_reset", secret: await link(), password, code };
  assert.equal((await bench.connect().asks(redeem)).type, "auth_success");
});
