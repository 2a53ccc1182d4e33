import assert from "node:assert/strict";
import { type Stranger, Strangers } from "../../../server/sessions/strangers.ts";
import { limits } from "../../../shared/protocol/mod.ts";
import { manualClock } from "../../kit/manual_clock.ts";

class Bench {
  readonly clock = manualClock();
  readonly strangers: Strangers;
  readonly displaced: Visitor[] = [];
  readonly turnedAway: Visitor[] = [];

  constructor(bounded: boolean = true, connectionsMax: number = 100_000) {
    this.strangers = new Strangers(this.clock, { bounded, connectionsMax });
  }

  /** Somebody who comes, and waits from now on. */
  visit(address: string): Visitor {
    const visitor = new Visitor(this, this.clock.monotonic());
    this.strangers.add(visitor, address);
    return visitor;
  }

  visits(count: number, address: (at: number) => string): Visitor[] {
    return Array.from({ length: count }, (_, at) => this.visit(address(at)));
  }
}

class Visitor implements Stranger {
  readonly #bench: Bench;
  readonly #since: number;
  asking = false;

  constructor(bench: Bench, since: number) {
    this.#bench = bench;
    this.#since = since;
  }

  isSpare(): boolean {
    return !this.asking && this.#bench.clock.monotonic() - this.#since > limits.earnestMs;
  }

  isAsking(): boolean {
    return this.asking;
  }

  displace(): void {
    this.#bench.displaced.push(this);
  }

  turnAway(): void {
    this.#bench.turnedAway.push(this);
  }
}

const here = () => "192.0.2.1";
const apart = (at: number) => `2001:db8:${Math.floor(at / 256)}:${at % 256}::1`;

Deno.test("of too many strangers from one address the one that has waited longest goes", () => {
  const bench = new Bench();
  const [first, second] = bench.visits(limits.strangersPerNetwork, here);
  bench.clock.advance(limits.earnestMs + 1);
  bench.visit("192.0.2.2");
  assert.deepEqual(bench.displaced, []);
  bench.visit(here());
  bench.visit("::ffff:192.0.2.1");
  assert.deepEqual(bench.displaced, [first, second]);
});

Deno.test("of too many strangers in all the one that has waited longest goes", () => {
  const bench = new Bench();
  const [first] = bench.visits(limits.strangers, apart);
  bench.clock.advance(limits.earnestMs + 1);
  bench.visit(here());
  assert.deepEqual(bench.displaced, [first]);
});

Deno.test("whoever asks for a session, or has just come, is not displaced", () => {
  const bench = new Bench();
  for (const visitor of bench.visits(limits.strangersPerNetwork, here)) visitor.asking = true;
  bench.clock.advance(limits.earnestMs + 1);
  // A crowd behind one address that comes back at once.
  const crowd = bench.visits(200, here);
  assert.deepEqual([...bench.displaced, ...bench.turnedAway], []);
  for (const visitor of crowd) bench.strangers.welcomed(visitor);
  bench.clock.advance(limits.earnestMs + 1);
  bench.strangers.sweep();
  assert.deepEqual(bench.displaced, []);
});

Deno.test("those who came in earnest and did nothing are displaced as soon as they are not any more", () => {
  const bench = new Bench();
  const crowd = bench.visits(100, here);
  bench.clock.advance(limits.earnestMs + 1);
  bench.strangers.sweep();
  assert.deepEqual(bench.displaced, crowd.slice(0, 100 - limits.strangersPerNetwork));
  bench.strangers.sweep();
  assert.equal(bench.displaced.length, 100 - limits.strangersPerNetwork);
});

Deno.test("whoever is welcomed or has gone takes no place", () => {
  const bench = new Bench();
  const [first, second] = bench.visits(limits.strangersPerNetwork, here);
  assert.ok(first !== undefined && second !== undefined);
  bench.clock.advance(limits.earnestMs + 1);
  bench.strangers.welcomed(first);
  bench.strangers.ended(second);
  bench.strangers.ended(second);
  bench.visits(2, here);
  assert.deepEqual(bench.displaced, []);
});

Deno.test("an address that leaves many connections unused is given less time, and for ten minutes only", () => {
  const bench = new Bench();
  for (let times = 0; times <= limits.strangersLeft; times++) {
    assert.equal(bench.strangers.patienceMs("192.0.2.1"), limits.firstAuthenticationMs);
    bench.strangers.ended(bench.visit(here()));
  }
  assert.equal(bench.strangers.patienceMs("192.0.2.1"), limits.hastyAuthenticationMs);
  assert.equal(bench.strangers.patienceMs("192.0.2.2"), limits.firstAuthenticationMs);
  for (let times = 0; times < 200; times++) bench.strangers.welcomed(bench.visit("192.0.2.2"));
  assert.equal(bench.strangers.patienceMs("192.0.2.2"), limits.firstAuthenticationMs);
  bench.clock.advance(10 * 60 * 1_000);
  assert.equal(bench.strangers.patienceMs("192.0.2.1"), limits.firstAuthenticationMs);
});

Deno.test("where all from one address ask, the newcomer is turned away, and where one does not, that one is", () => {
  const bench = new Bench();
  const asking = bench.visits(limits.strangersPerNetworkMax, here);
  for (const visitor of asking) visitor.asking = true;
  const newcomer = bench.visit(here());
  // It has only just come, and nobody else waits for nothing.
  assert.deepEqual(bench.turnedAway, [newcomer]);
  const [, second] = asking;
  assert.ok(second !== undefined);
  second.asking = false;
  bench.visit(here());
  assert.deepEqual(bench.turnedAway, [newcomer, second]);
  bench.visit("192.0.2.2");
  assert.deepEqual(bench.displaced, []);
  assert.equal(bench.turnedAway.length, 2);
});

Deno.test("where there are too many in all, the address with the most of them has one less", () => {
  const bench = new Bench();
  const crowd = bench.visits(10, here);
  const others = bench.visits(limits.strangersMax - crowd.length, apart);
  for (const visitor of [...crowd, ...others]) visitor.asking = true;
  bench.visit("192.0.2.2").asking = true;
  assert.deepEqual(bench.turnedAway, crowd.slice(-1));
});

Deno.test("strangers have half of the connections that there can be, and those of one address a quarter", () => {
  const bench = new Bench(true, 80);
  const crowd = bench.visits(20, here);
  for (const visitor of crowd) visitor.asking = true;
  bench.visit(here());
  assert.equal(bench.turnedAway.length, 1);
  for (const visitor of bench.visits(20, apart)) visitor.asking = true;
  bench.visit(here());
  assert.equal(bench.turnedAway.length, 2);
  bench.visit("192.0.2.2");
  assert.deepEqual(bench.turnedAway.slice(2), crowd.slice(-1));
});

Deno.test("a benchmark may have as many strangers as it likes", () => {
  const bench = new Bench(false);
  bench.visits(1_000, here);
  bench.clock.advance(limits.earnestMs + 1);
  bench.visit(here());
  bench.strangers.sweep();
  assert.deepEqual(bench.displaced, []);
});
