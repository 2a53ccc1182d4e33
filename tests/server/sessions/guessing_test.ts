import assert from "node:assert/strict";
import { Guessing } from "../../../server/sessions/guessing.ts";
import { openStore, type Store } from "../../../server/store/mod.ts";
import { limits } from "../../../shared/protocol/mod.ts";
import { TestHub } from "../../kit/hub.ts";
import { refusalOf } from "../../kit/refusals.ts";

/** Guesses at a hub whose clock stands still until it is moved. */
class Bench extends TestHub {
  #addresses = 0;
  /** What the threads of this machine can do. */
  hashesPerSecond = Infinity;
  guessing: Guessing;

  constructor(store: Store = openStore(":memory:")) {
    super({}, store);
    this.guessing = new Guessing(this.hub, true, () => this.hashesPerSecond);
  }

  /** Somebody from an address that nobody has come from before, so that only accounts count. */
  get fresh(): string {
    this.#addresses++;
    return `10.${this.#addresses >> 16 & 255}.${this.#addresses >> 8 & 255}.${this.#addresses & 255}`;
  }

  fail(name: string, address: string = this.fresh, deviceProof?: string): void {
    this.guessing.begin({ name, address, deviceProof });
  }

  /** How long the next guess has to wait, in milliseconds. */
  waitMs(name: string | undefined, address: string = this.fresh, deviceProof?: string): number {
    try {
      this.guessing.begin({ name, address, deviceProof }).abandoned();
      return 0;
    } catch {
      return refusalOf(() => this.guessing.begin({ name, address, deviceProof })).retryAfterMs ?? NaN;
    }
  }

  /** Fails so often as soon as it may. */
  failSlowly(name: string, times: number): void {
    for (let done = 0; done < times; done++) {
      this.clock.advance(Math.max(100, this.waitMs(name)));
      this.fail(name);
    }
  }

  /** The proof of the device that somebody has registered on. */
  async known(name: string): Promise<string> {
    const { guest } = await this.newcomer(name);
    return this.guessing.proofs.issue(name, guest.loginId);
  }
}

Deno.test("five failures are free, and from then on each doubles the wait, up to a quarter of an hour", () => {
  const bench = new Bench();
  const waits: number[] = [];
  for (let failures = 0; failures <= 17; failures++) {
    const waitMs = bench.waitMs("ana");
    waits.push(waitMs / 1_000);
    bench.clock.advance(waitMs);
    bench.fail("ana");
  }
  assert.deepEqual(waits, [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
});

Deno.test("a hundred failures in a row are the last, for whoever has no known device", async () => {
  const bench = new Bench();
  const proof = await bench.known("ana");
  bench.failSlowly("ana", limits.failuresPerAccount);
  bench.clock.advance(24 * 60 * 60 * 1_000);
  assert.equal(bench.waitMs("ana"), limits.failureDelayMsMax);
  assert.equal(bench.waitMs("ana", bench.fresh, proof), 0);
  bench.guessing.forgive("Ana");
  assert.equal(bench.waitMs("ana"), 0);
});

Deno.test("failures are forgotten when all factors were right, and not when it came to nothing", () => {
  const bench = new Bench();
  for (let times = 0; times < 5; times++) bench.fail("ana");
  bench.clock.advance(1_000);
  bench.guessing.begin({ name: "ana", address: bench.fresh }).abandoned();
  bench.guessing.begin({ name: "ana", address: bench.fresh }).succeeded();
  assert.equal(bench.waitMs("ana"), 0);
  for (let times = 0; times < 4; times++) bench.fail("ana");
  assert.equal(bench.waitMs("ana"), 0);
});

Deno.test("many at once gain nothing: what is under way counts as failed", () => {
  const bench = new Bench();
  const begun = Array.from({ length: 5 }, () => bench.guessing.begin({ name: "ana", address: bench.fresh }));
  assert.equal(bench.waitMs("ana"), 1_000);
  for (const attempt of begun) attempt.abandoned();
  assert.equal(bench.waitMs("ana"), 0);
});

Deno.test("a name is the same however it is written, and another is not touched", () => {
  const bench = new Bench();
  for (const name of ["ana", "ANA", "Ana", "aNa", "ana"]) bench.fail(name);
  assert.equal(bench.waitMs("AnA"), 1_000);
  assert.equal(bench.waitMs("ben"), 0);
});

Deno.test("names that exist and names that do not are refused in the same words, after the same failures", async () => {
  const bench = new Bench();
  await bench.known("ana");
  const refusals = ["ana", "nobody"].map((name) => {
    for (let times = 0; times < 5; times++) bench.fail(name);
    const { code, message, retryAfterMs } = refusalOf(() =>
      bench.guessing.begin({ name, address: bench.fresh })
    );
    return { code, message, retryAfterMs };
  });
  assert.deepEqual(refusals[0], refusals[1]);
  assert.equal(refusals[0]?.code, "rate_limited");
});

Deno.test("an address has 30 failures, also a whole /64, and one more every twenty seconds", () => {
  const bench = new Bench();
  for (let times = 0; times < 30; times++) {
    bench.clock.advance(60);
    bench.fail(`name${times}`, `2001:db8::${times}`);
  }
  const waitMs = bench.waitMs("other", "2001:db8::ffff");
  assert.ok(waitMs > 18_000 && waitMs <= 20_000, String(waitMs));
  assert.equal(bench.waitMs("other", "2001:db8:0:1::1"), 0);
  bench.clock.advance(waitMs);
  bench.fail("other", "2001:db8::ffff");
  assert.ok(bench.waitMs("other", "2001:db8::ffff") > 18_000);
  bench.clock.advance(limits.networkFailuresMs);
  for (let times = 0; times < 30; times++) {
    bench.clock.advance(60);
    assert.equal(bench.waitMs(undefined, "2001:db8::1"), 0);
    bench.fail(`again${times}`, "2001:db8::1");
  }
});

Deno.test("a success does not count against its address, nor for it", () => {
  const bench = new Bench();
  for (let times = 0; times < 35; times++) {
    bench.guessing.begin({ name: "ana", address: "192.0.2.1" }).succeeded();
  }
  for (let times = 0; times < 29; times++) bench.fail(`name${times}`, "192.0.2.1");
  bench.clock.advance(1_000);
  bench.guessing.begin({ name: "ana", address: "192.0.2.1" }).succeeded();
  bench.fail("one", "192.0.2.1");
  assert.ok(bench.waitMs("two", "192.0.2.1") > 0);
});

Deno.test("the whole server has 20 failures a second, and known devices do not care", async () => {
  const bench = new Bench();
  const proof = await bench.known("ana");
  const fail = () => bench.fail(`name${bench.fresh}`);
  for (let times = 0; times < 40; times++) fail();
  assert.equal(bench.waitMs("ben"), 50);
  assert.equal(bench.waitMs("ana", bench.fresh, proof), 0);
  bench.clock.advance(1_000);
  for (let times = 0; times < 20; times++) fail();
  assert.equal(bench.waitMs("ben"), 50);
});

Deno.test("a known device is held to its own failures, whatever strangers do, and they to theirs", async () => {
  const bench = new Bench();
  const proof = await bench.known("ana");
  bench.failSlowly("ana", 20);
  const address = bench.fresh;
  for (let times = 0; times < 35; times++) {
    bench.fail(`name${times % 10}`, times < 30 ? address : bench.fresh);
  }
  assert.equal(bench.waitMs("ana", address, proof), 0);
  for (let times = 0; times < 5; times++) bench.fail("ana", address, proof);
  assert.equal(bench.waitMs("ana", address, proof), 1_000);
  bench.clock.advance(1_000);
  bench.guessing.begin({ name: "ana", address, deviceProof: proof }).succeeded();
  assert.equal(bench.waitMs("ana", address, proof), 0);
  // A success on a known device is no reason to let strangers guess anew.
  assert.ok(bench.waitMs("ana") > 0);
});

Deno.test("a machine that hashes slowly allows as many failures as half of its hashes, and one a second at least", () => {
  for (const [hashesPerSecond, waitMs] of [[8, 250], [0.5, 1_000], [1_000, 50]] as const) {
    const bench = new Bench();
    bench.hashesPerSecond = hashesPerSecond;
    for (let times = 0; times < 2_000 / waitMs; times++) {
      assert.equal(bench.waitMs("ben"), 0, String(times));
      bench.fail(`name${times}`);
    }
    assert.equal(bench.waitMs("ben"), waitMs);
  }
});

Deno.test("whoever was told busy, or that a password is weak, has made work: it counts for the address alone", () => {
  const bench = new Bench();
  bench.hashesPerSecond = 2;
  for (let times = 0; times < 30; times++) {
    bench.guessing.begin({ name: "ana", address: "192.0.2.1" }).turnedAway();
  }
  assert.ok(bench.waitMs("ben", "192.0.2.1") > 0);
  assert.equal(bench.waitMs("ana"), 0);
});

Deno.test("a device has a hundred failures in a row itself", async () => {
  const bench = new Bench();
  const proof = await bench.known("ana");
  for (let times = 0; times < limits.failuresPerAccount; times++) {
    bench.clock.advance(limits.failureDelayMsMax);
    bench.fail("ana", bench.fresh, proof);
  }
  bench.clock.advance(limits.failureDelayMsMax);
  assert.equal(bench.waitMs("ana", bench.fresh, proof), limits.failureDelayMsMax);
});

Deno.test("a device whose login was revoked, or whose token was stolen, is known no more", async () => {
  for (const reason of ["revoked", "token_reused", "password_changed"] as const) {
    const bench = new Bench();
    await bench.known("ana");
    const account = bench.hub.accounts.named("ana") ?? assert.fail();
    const { guest } = await bench.logIn(account);
    const proof = bench.guessing.proofs.issue("ana", guest.loginId);
    bench.failSlowly("ana", 20);
    assert.equal(bench.waitMs("ana", bench.fresh, proof), 0);
    bench.store.commit([{ kind: "login_ended", id: guest.loginId, reason }]);
    assert.ok(bench.waitMs("ana", bench.fresh, proof) > 0, reason);
  }
});

Deno.test("the account is named to those alone who are known", async () => {
  const bench = new Bench();
  const proof = await bench.known("ana");
  const begin = (deviceProof?: string) =>
    bench.guessing.begin({ name: "Ana", address: bench.fresh, deviceProof });
  assert.deepEqual([begin(proof).known, begin().known, begin("A".repeat(64)).known], [
    "ana",
    undefined,
    undefined,
  ]);
  const { loginId } = (await bench.newcomer("ben")).guest;
  assert.equal(bench.guessing.begin({ name: "ben", address: bench.fresh, lane: loginId }).known, "ben");
});

Deno.test("a proof of another account opens no lane", async () => {
  const bench = new Bench();
  const proof = await bench.known("ana");
  await bench.known("ben");
  bench.failSlowly("ana", 20);
  bench.failSlowly("ben", 20);
  assert.ok(bench.waitMs("ben", bench.fresh, proof) > 0);
});

Deno.test("a restart forgets nothing, and a clock that was set back makes nobody wait longer", async () => {
  const bench = new Bench();
  const proof = await bench.known("ana");
  bench.failSlowly("ana", 10);
  for (let times = 0; times < 30; times++) {
    bench.clock.advance(60);
    bench.fail(`name${times}`, "192.0.2.1");
  }
  for (let times = 0; times < 5; times++) bench.fail("ana", bench.fresh, proof);
  await bench.settle();
  const before = [
    bench.waitMs("ana"),
    bench.waitMs("x", "192.0.2.1"),
    bench.waitMs("ana", bench.fresh, proof),
  ];
  await bench.settle();
  assert.ok(before.every((waitMs) => waitMs > 0), String(before));
  const again = new Guessing(bench.hub, true, () => Infinity);
  bench.guessing = again;
  assert.deepEqual(
    [bench.waitMs("ana"), bench.waitMs("x", "192.0.2.1"), bench.waitMs("ana", bench.fresh, proof)],
    before,
  );
  // Another start whose clock stands at an earlier time.
  const earlier = new Bench(bench.store);
  assert.ok(earlier.waitMs("ana") > 0 && earlier.waitMs("ana") <= 32_000);
});

Deno.test("what has faded is gone from the store after a start", async () => {
  const bench = new Bench();
  bench.fail("ana", "192.0.2.1");
  await bench.settle();
  assert.equal(bench.store.people.failures().length, 2);
  bench.clock.advance(60_000);
  bench.guessing = new Guessing(bench.hub, true, () => Infinity);
  assert.equal(bench.store.people.failures().length, 1);
  bench.clock.advance(30 * 24 * 60 * 60 * 1_000);
  bench.guessing = new Guessing(bench.hub, true, () => Infinity);
  assert.equal(bench.store.people.failures().length, 0);
});

Deno.test("no name, address or proof is written down", async () => {
  const bench = new Bench();
  bench.fail("somebody", "192.0.2.1");
  await bench.settle();
  const rows = bench.store.people.failures();
  assert.equal(rows.length, 2);
  for (const { key } of rows) assert.equal(key.length, 33);
});

Deno.test("a server without rates holds nobody off", () => {
  const guessing = new Guessing(new TestHub().hub, false, () => Infinity);
  for (let times = 0; times < 200; times++) guessing.begin({ name: "ana", address: "192.0.2.1" });
});
