import assert from "node:assert/strict";
import { cellsOf, tableText } from "../../../scripts/bench/table.ts";
import { documentOf } from "../../../scripts/bench/document.ts";
import { madeUpResults } from "./made_up_results.ts";

Deno.test("a table has the servers' figures, then chat's as a multiple of each other's", () => {
  const [fanOut] = madeUpResults.scenarios;
  assert.deepEqual(fanOut && cellsOf(fanOut), [
    ["", "deliveries/s", "lost"],
    ["chat", "1,500,000", "0"],
    ["other", "500,000", "0"],
    ["chat / other", "3.00x", ""],
  ]);
});

Deno.test("a table for a terminal is aligned", () => {
  const [, history] = madeUpResults.scenarios;
  const lines = ["history: Pages", "                     p99 ms", "  chat, 10 messages     1.3", ""];
  assert.equal(history && tableText(history), lines.join("\n"));
});

Deno.test("the page has a section for each scenario and says what the servers are", () => {
  const page = documentOf(madeUpResults);
  assert.match(page, /^- \*\*other\*\*: theirs$/m);
  assert.match(page, /^## fan-out\n\nA room\.\n\n\| {2}\| deliveries\/s \| lost \|$/m);
  assert.match(page, /^## history$/m);
});
