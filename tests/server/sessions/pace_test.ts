import assert from "node:assert/strict";
import { Pace } from "../../../server/sessions/pace.ts";
import { limits, type RequestType } from "../../../shared/protocol/mod.ts";
import { refusalOf } from "../../kit/refusals.ts";

/** How many of `tries` requests at the time `now` pass. */
function passing(pace: Pace, type: RequestType, now: number, tries: number): number {
  let passed = 0;
  for (let count = 0; count < tries; count++) {
    try {
      pace.take(type, now);
      passed++;
    } catch {
      // what is refused is what is counted
    }
  }
  return passed;
}

Deno.test("40 requests pass at once, and 20 a second on end", () => {
  const pace = new Pace();
  assert.equal(passing(pace, "ping", 0, 100), limits.requestBurst);
  assert.equal(passing(pace, "ping", 1_000, 100), limits.requestsPerSecond);
  assert.equal(passing(pace, "ping", 1_050, 100), 1);
  assert.equal(passing(pace, "ping", 60_000, 100), limits.requestBurst);
});

Deno.test("10 messages pass at once, and 5 a second on end, whatever else is asked", () => {
  const pace = new Pace();
  assert.equal(passing(pace, "send", 0, 20), limits.messageBurst);
  assert.equal(passing(pace, "ping", 0, 100), limits.requestBurst - 20);
  assert.equal(passing(pace, "send", 1_000, 10), limits.messagesPerSecond);
});

Deno.test("10 searches pass at once, and 3 a second on end, whatever else is asked", () => {
  const pace = new Pace();
  assert.equal(passing(pace, "search", 0, 20), limits.searchBurst);
  assert.equal(passing(pace, "send", 0, 20), limits.messageBurst);
  assert.equal(passing(pace, "search", 1_000, 10), limits.searchesPerSecond);
});

Deno.test("a refusal says how long to wait, and after that time the request passes", () => {
  const pace = new Pace();
  passing(pace, "send", 0, limits.messageBurst);
  const { code, retryAfterMs = 0 } = refusalOf(() => pace.take("send", 0));
  assert.deepEqual([code, retryAfterMs], ["rate_limited", 200]);
  refusalOf(() => pace.take("send", retryAfterMs - 1));
  pace.take("send", retryAfterMs);
});

Deno.test("too fast for ten seconds without a pause is a flood", () => {
  const pace = new Pace();
  for (let now = 0; now <= limits.floodMs; now += 500) {
    passing(pace, "ping", now, 50);
    assert.equal(pace.isFlood(now), false, String(now));
  }
  passing(pace, "ping", limits.floodMs + 500, 50);
  assert.equal(pace.isFlood(limits.floodMs + 500), true);
  assert.equal(pace.isFlood(limits.floodMs + 5_000), false, "it has stopped by itself");
});

Deno.test("a pause of more than a second begins the count anew", () => {
  const pace = new Pace();
  for (let now = 0; now <= 8_000; now += 500) passing(pace, "ping", now, 50);
  for (let now = 9_001; now <= 18_000; now += 500) {
    passing(pace, "ping", now, 50);
    assert.equal(pace.isFlood(now), false, String(now));
  }
});

Deno.test("somebody who never is refused is no flood", () => {
  const pace = new Pace();
  assert.equal(pace.isFlood(1_000_000), false);
  for (let now = 0; now < 60_000; now += 1_000) {
    assert.equal(passing(pace, "ping", now, limits.requestsPerSecond), limits.requestsPerSecond);
    assert.equal(pace.isFlood(now), false);
  }
});
