import assert from "node:assert/strict";
import { rankSumP } from "../../../scripts/bars/rank_sum.ts";

/** As many numbers as wanted, evenly spread from `from` to `to`. */
function spread(count: number, from: number, to: number): number[] {
  return Array.from({ length: count }, (_, at) => from + (to - from) * at / (count - 1));
}

Deno.test("samples of one distribution are likely, and shifted ones are not", () => {
  const one = spread(200, 0, 100);
  assert.ok(rankSumP(one, spread(200, 0.1, 99.9)) > 0.9);
  assert.ok(rankSumP(one, spread(200, 12, 112)) < 0.01);
  assert.ok(rankSumP(spread(200, 12, 112), one) < 0.01);
  assert.ok(rankSumP(one, spread(200, 200, 300)) < 1e-9);
});

Deno.test("a known example comes out as it does elsewhere", () => {
  // scipy.stats.mannwhitneyu(x, y, method="asymptotic"): p = 0.111...
  const p = rankSumP([19, 22, 16, 29, 24], [20, 11, 17, 12]);
  assert.ok(Math.abs(p - 0.11134688653314041) < 1e-6, String(p));
});

Deno.test("values that are all the same tell nothing", () => {
  assert.equal(rankSumP(Array(30).fill(600), Array(30).fill(600)), 1);
});
