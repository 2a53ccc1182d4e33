import assert from "node:assert/strict";
import { Latencies } from "../../../scripts/load/latencies.ts";

Deno.test("percentiles are right within two per cent, from a microsecond to a minute", () => {
  for (const largestMs of [0.05, 1, 30, 500, 60_000]) {
    const latencies = new Latencies();
    for (let step = 1; step <= 1_000; step++) latencies.add(largestMs * step / 1_000);
    for (const share of [0.01, 0.5, 0.99, 1]) {
      const error = latencies.percentileMs(share) - largestMs * share;
      assert.ok(
        Math.abs(error) <= largestMs * share * 0.02 + 0.001,
        `${share} of ${largestMs} ms: off by ${error}`,
      );
    }
  }
});

Deno.test("without anything added, a percentile is 0", () => {
  assert.equal(new Latencies().percentileMs(0.99), 0);
});
