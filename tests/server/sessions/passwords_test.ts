import assert from "node:assert/strict";
import { Passwords } from "../../../server/sessions/passwords.ts";
import { manualClock } from "../../kit/manual_clock.ts";
import { testPassword } from "../../kit/line_client.ts";
import { testWorld } from "../../kit/world.ts";

/** What becomes of a promise, without waiting for those that never settle. */
function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then((value) => typeof value, (error) => error.code ?? error.message);
}

Deno.test("a password is verified by its hash and by no other, and nobody's hash fits nothing", async () => {
  const passwords = new Passwords(testWorld(), true);
  const [hash, other] = await Promise.all([passwords.hash(testPassword), passwords.hash(testPassword)]);
  assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[^$]{22}\$[^$]{43}$/);
  assert.notEqual(hash, other);
  const umlaut = await passwords.hash("a\u0308 long enough for anybody");
  assert.deepEqual(
    await Promise.all([
      passwords.verify(testPassword, hash),
      passwords.verify(`${testPassword} `, hash),
      passwords.verify(testPassword, undefined),
      passwords.verify("", hash),
      passwords.verify("\u00e4 long enough for anybody", umlaut),
    ]),
    [true, false, false, false, true],
  );
  passwords.stop();
});

Deno.test("a hash that cannot be read is an error for its account alone", async () => {
  const passwords = new Passwords(testWorld(), true);
  await assert.rejects(passwords.verify(testPassword, "$argon2id$broken"), /hashing thread failed/);
  assert.equal(await passwords.verify(testPassword, undefined), false);
  passwords.stop();
});

Deno.test("64 may wait, and the next is told at once that the server is busy", async () => {
  const threads = Math.min(2, navigator.hardwareConcurrency);
  const passwords = new Passwords(testWorld(), true);
  const waiting = Array.from({ length: threads + 64 }, () => passwords.verify(testPassword, undefined));
  const outcomes = Promise.all(waiting.map(codeOf));
  await assert.rejects(passwords.verify(testPassword, undefined), { code: "busy", retryAfterMs: 1_000 });
  // Whoever waits or is being served when the server stops is let go.
  passwords.stop();
  assert.deepEqual(new Set(await outcomes), new Set(["busy"]));
});

Deno.test("a benchmark may queue as many as it likes", async () => {
  const passwords = new Passwords(testWorld(), false);
  const waiting = Array.from({ length: 200 }, () => passwords.verify(testPassword, undefined));
  const outcomes = Promise.all(waiting.map(codeOf));
  passwords.stop();
  assert.equal((await outcomes).length, 200);
});

Deno.test("whoever has waited for more than three seconds is told that the server is busy", async () => {
  const clock = manualClock();
  const passwords = new Passwords(testWorld({ clock }), true);
  const threads = Math.min(2, navigator.hardwareConcurrency);
  const served = Array.from({ length: threads }, () => passwords.verify(testPassword, undefined));
  const late = codeOf(passwords.verify(testPassword, undefined));
  clock.advance(3_001);
  const fresh = codeOf(passwords.verify(testPassword, undefined));
  await Promise.all(served);
  assert.deepEqual([await late, await fresh], ["busy", "boolean"]);
  passwords.stop();
});

Deno.test("a thread that has nothing to do ends after half a minute, and another begins when there is work", async () => {
  const clock = manualClock();
  const passwords = new Passwords(testWorld({ clock }), true);
  for (let times = 0; times < 2; times++) {
    assert.equal(await passwords.verify(testPassword, undefined), false);
    clock.advance(30_000);
  }
  // No stop: a thread that lived on would be reported as a leak of this test.
});

Deno.test("nothing is hashed for somebody who has left while they waited", async () => {
  const passwords = new Passwords(testWorld(), false);
  const threads = Math.min(2, navigator.hardwareConcurrency);
  const served = Array.from({ length: threads }, () => passwords.verify(testPassword, undefined));
  let asked = 0;
  const gone = Array.from({ length: 50 }, () => passwords.hash(testPassword, () => ++asked === 0));
  assert.deepEqual(new Set(await Promise.all(gone.map(codeOf))), new Set(["busy"]));
  assert.equal(asked, 50);
  await Promise.all(served);
  passwords.stop();
});
