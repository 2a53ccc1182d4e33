import assert from "node:assert/strict";
import { FailureRate } from "../../../server/sessions/failure_rate.ts";

Deno.test("twice as many as a second allows may fail at once, and then one after the other", () => {
  const rate = new FailureRate();
  for (let times = 0; times < 8; times++) {
    assert.equal(rate.waitMs(4, 0), 0);
    rate.add();
  }
  assert.equal(rate.waitMs(4, 0), 250);
  assert.equal(Math.round(rate.waitMs(4, 100)), 150);
  assert.equal(rate.waitMs(4, 250), 0);
});

Deno.test("what was none after all is forgotten, and nothing is below none", () => {
  const rate = new FailureRate();
  for (let times = 0; times < 8; times++) rate.add();
  rate.takeBack();
  assert.equal(rate.waitMs(4, 0), 0);
  for (let times = 0; times < 20; times++) rate.takeBack();
  for (let times = 0; times < 8; times++) rate.add();
  assert.ok(rate.waitMs(4, 0) > 0);
});
