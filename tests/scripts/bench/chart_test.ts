import assert from "node:assert/strict";
import { chartOf } from "../../../scripts/bench/chart.ts";
import { madeUpResults } from "./made_up_results.ts";

Deno.test("the chart shows what was measured, the longest bar for the largest value", () => {
  const svg = chartOf(madeUpResults);
  assert.match(svg, /^<svg .*<\/svg>\n$/s);
  assert.match(svg, /Messages delivered in a second/);
  assert.doesNotMatch(svg, /Memory of an idle connection/);
  const widths = [...svg.matchAll(/<rect x="\d+" y="\d+" width="(\d+)"/g)].map((match) => Number(match[1]));
  assert.equal(widths.length, 4);
  assert.ok(Math.abs((widths[0] ?? 0) / (widths[1] ?? 1) - 3) < 0.01);
});

Deno.test("the chart says the same to those who cannot see it", () => {
  assert.match(
    chartOf(madeUpResults),
    /<title>Messages delivered in a second: chat 1,500,000, other 500,000\./,
  );
});
