import assert from "node:assert/strict";
import { bcrypt } from "hash-wasm";
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
      passwords.verify(testPassword, () => hash),
      passwords.verify(`${testPassword} `, () => hash),
      passwords.verify(testPassword, () => undefined),
      passwords.verify("", () => hash),
      passwords.verify("\u00e4 long enough for anybody", () => umlaut),
    ]),
    [true, false, false, false, true],
  );
  passwords.stop();
});

Deno.test("hashes of bcrypt are verified, and become argon2id with the salt that they had", async () => {
  const passwords = new Passwords(testWorld(), true);
  const salt = new Uint8Array(16);
  const bcrypted = await bcrypt({ password: "open", salt, costFactor: 5, outputType: "encoded" });
  for (const prefix of ["$2a$", "$2b$", "$2y$"]) {
    assert.equal(await passwords.verify("open", () => bcrypted.replace("$2a$", prefix)), true);
  }
  assert.equal(await passwords.verify("shut", () => bcrypted), false);
  const stronger = await passwords.strengthened("open", bcrypted);
  assert.match(stronger ?? "", /^\$argon2id\$v=19\$m=19456,t=2,p=1\$AAAAAAAAAAAAAAAAAAAAAA\$/);
  assert.equal(await passwords.verify("open", () => stronger), true);
  passwords.stop();
});

Deno.test("what bcrypt cuts off of a long password is cut off here too", async () => {
  const passwords = new Passwords(testWorld(), true);
  const options = { salt: new Uint8Array(16), costFactor: 4, outputType: "encoded" } as const;
  const bcrypted = await bcrypt({ password: "ä".repeat(36), ...options });
  assert.equal(await passwords.verify("ä".repeat(50), () => bcrypted), true);
  assert.equal(await passwords.verify("ä".repeat(35), () => bcrypted), false);
  passwords.stop();
});

Deno.test("a hash that is as strong as today's, or stronger, is left alone", async () => {
  const passwords = new Passwords(testWorld(), true, { known: 3, keep: () => {} });
  const hash = await passwords.hash(testPassword);
  assert.match(hash, /t=3/);
  assert.equal(await passwords.strengthened(testPassword, hash), undefined);
  const stronger = hash.replace("m=19456,t=3", "m=65536,t=2");
  assert.equal(await passwords.strengthened(testPassword, stronger), undefined);
  assert.match(await passwords.strengthened(testPassword, hash.replace("t=3", "t=2")) ?? "", /t=3/);
  passwords.stop();
});

Deno.test("a new server finds out once how many passes its hashes take, while everybody waits", async () => {
  const kept: number[] = [];
  const passwords = new Passwords(testWorld(), true, { known: undefined, keep: (found) => kept.push(found) });
  const hashes = await Promise.all([passwords.hash(testPassword), passwords.hash(testPassword)]);
  assert.equal(kept.length, 1);
  for (const hash of hashes) assert.equal(/t=(\d+)/.exec(hash)?.[1], String(kept[0]));
  assert.ok((kept[0] ?? 0) >= 2);
  passwords.stop();
});

Deno.test("whoever waits while a new server finds that out is let go when it stops", async () => {
  const passwords = new Passwords(testWorld(), true, { known: undefined, keep: () => {} });
  const waiting = [passwords.hash(testPassword), passwords.hash(testPassword)].map(codeOf);
  passwords.stop();
  assert.deepEqual(await Promise.all(waiting), ["busy", "busy"]);
});

Deno.test("of one network eight may wait, and others are not kept out", async () => {
  const threads = Math.min(2, navigator.hardwareConcurrency);
  const passwords = new Passwords(testWorld(), true);
  const from = (address: string) =>
    passwords.verify(testPassword, () => undefined, { wanted: () => true, address });
  const waiting = Array.from({ length: threads + 8 }, (_, at) => from(`2001:db8::${at}`));
  const outcomes = Promise.all(waiting.map(codeOf));
  await assert.rejects(from("2001:db8::ffff"), { code: "busy" });
  const other = codeOf(from("192.0.2.1"));
  passwords.stop();
  assert.deepEqual(new Set(await outcomes), new Set(["busy"]));
  assert.equal(await other, "busy");
});

Deno.test("whoever is known is served before strangers, however many of those wait", async () => {
  const threads = Math.min(2, navigator.hardwareConcurrency);
  const passwords = new Passwords(testWorld(), true);
  const done: string[] = [];
  const from = (address: string, known?: string) =>
    passwords.verify(testPassword, () => undefined, { wanted: () => true, address, known })
      .then(() => done.push(known ?? "stranger"), () => done.push("busy"));
  const waiting = Array.from({ length: threads + 6 }, (_, at) => from(`192.0.2.${at}`));
  const served = from("192.0.2.1", "ana");
  await Promise.all([served, ...waiting]);
  const at = done.indexOf("ana");
  assert.ok(at >= 0 && at <= 2 * threads, done.join());
  passwords.stop();
});

Deno.test("a full lane of strangers keeps nobody out who is known, and one account has two places", async () => {
  const threads = Math.min(2, navigator.hardwareConcurrency);
  const passwords = new Passwords(testWorld(), true);
  const from = (address: string, known?: string) =>
    codeOf(passwords.verify(testPassword, () => undefined, { wanted: () => true, address, known }));
  const waiting = Array.from({ length: threads + 64 }, (_, at) => from(`192.0.2.${at}`));
  assert.equal(await from("198.51.100.1"), "busy");
  const anas = [from("198.51.100.1", "ana"), from("198.51.100.2", "ana")];
  assert.equal(await from("198.51.100.3", "ana"), "busy");
  const ben = from("198.51.100.1", "ben");
  let over = false;
  void ben.finally(() => over = true);
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert.equal(over, false);
  passwords.stop();
  await Promise.all([...waiting, ...anas, ben]);
});

Deno.test("nothing is looked up for whoever is told that the server is busy", async () => {
  const threads = Math.min(2, navigator.hardwareConcurrency);
  const passwords = new Passwords(testWorld(), true);
  let lookedUp = 0;
  const from = (address: string) =>
    codeOf(passwords.verify(testPassword, () => void lookedUp++, { wanted: () => true, address }));
  const waiting = Array.from({ length: threads + 8 }, () => from("192.0.2.1"));
  assert.equal(await from("192.0.2.1"), "busy");
  assert.equal(lookedUp, threads);
  passwords.stop();
  await Promise.all(waiting);
});

Deno.test("what the threads can do follows what hashes take", async () => {
  const clock = manualClock();
  const passwords = new Passwords(testWorld({ clock }), true);
  const before = passwords.hashesPerSecond;
  await passwords.hash(testPassword);
  assert.ok(passwords.hashesPerSecond > before);
  const slow = passwords.hash(testPassword);
  clock.advance(10_000);
  await slow;
  assert.ok(passwords.hashesPerSecond < before);
  passwords.stop();
});

Deno.test("how many hashes were computed is logged at the end, and judging is none", async () => {
  const world = testWorld();
  const passwords = new Passwords(world, true);
  const stored = await passwords.hash(testPassword);
  await passwords.verify(testPassword, () => stored);
  await passwords.weaknessOf(testPassword, []);
  passwords.stop();
  assert.match(world.lines.at(-1) ?? "", /"password_hashes","computed":2/);
});

Deno.test("a hash that cannot be read is an error for its account alone", async () => {
  const passwords = new Passwords(testWorld(), true);
  await assert.rejects(passwords.verify(testPassword, () => "$argon2id$broken"), /hashing thread failed/);
  assert.equal(await passwords.verify(testPassword, () => undefined), false);
  passwords.stop();
});

Deno.test("64 may wait, and the next is told at once that the server is busy", async () => {
  const threads = Math.min(2, navigator.hardwareConcurrency);
  const passwords = new Passwords(testWorld(), true);
  const waiting = Array.from({ length: threads + 64 }, () => passwords.verify(testPassword, () => undefined));
  const outcomes = Promise.all(waiting.map(codeOf));
  await assert.rejects(passwords.verify(testPassword, () => undefined), {
    code: "busy",
    retryAfterMs: 1_000,
  });
  // Whoever waits or is being served when the server stops is let go.
  passwords.stop();
  assert.deepEqual(new Set(await outcomes), new Set(["busy"]));
});

Deno.test("a benchmark may queue as many as it likes", async () => {
  const passwords = new Passwords(testWorld(), false);
  const waiting = Array.from({ length: 200 }, () => passwords.verify(testPassword, () => undefined));
  const outcomes = Promise.all(waiting.map(codeOf));
  passwords.stop();
  assert.equal((await outcomes).length, 200);
});

Deno.test("whoever has waited for more than three seconds is told that the server is busy", async () => {
  const clock = manualClock();
  const passwords = new Passwords(testWorld({ clock }), true);
  const threads = Math.min(2, navigator.hardwareConcurrency);
  const served = Array.from({ length: threads }, () => passwords.verify(testPassword, () => undefined));
  const late = codeOf(passwords.verify(testPassword, () => undefined));
  clock.advance(3_001);
  const fresh = codeOf(passwords.verify(testPassword, () => undefined));
  await Promise.all(served);
  assert.deepEqual([await late, await fresh], ["busy", "boolean"]);
  passwords.stop();
});

Deno.test("a thread that has nothing to do ends after half a minute, and another begins when there is work", async () => {
  const clock = manualClock();
  const passwords = new Passwords(testWorld({ clock }), true);
  for (let times = 0; times < 2; times++) {
    assert.equal(await passwords.verify(testPassword, () => undefined), false);
    clock.advance(30_000);
  }
  // No stop: a thread that lived on would be reported as a leak of this test.
});

Deno.test("nothing is hashed for somebody who has left while they waited", async () => {
  const passwords = new Passwords(testWorld(), false);
  const threads = Math.min(2, navigator.hardwareConcurrency);
  const served = Array.from({ length: threads }, () => passwords.verify(testPassword, () => undefined));
  let asked = 0;
  const gone = Array.from(
    { length: 50 },
    () => passwords.hash(testPassword, { wanted: () => ++asked === 0 }),
  );
  assert.deepEqual(new Set(await Promise.all(gone.map(codeOf))), new Set(["busy"]));
  assert.equal(asked, 50);
  await Promise.all(served);
  passwords.stop();
});
