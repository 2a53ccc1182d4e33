import assert from "node:assert/strict";
import { contest, medianFigures } from "../../../scripts/bench/contest.ts";
import type { Contestant } from "../../../scripts/bench/contestant.ts";
import { fullEffort, type Scenario } from "../../../scripts/bench/scenario.ts";

Deno.test("figures are medians, but the worst counts of what must not be", () => {
  const rounds = [{ p99Ms: 9, lost: 0 }, { p99Ms: 1, lost: 2 }, { p99Ms: 5, lost: 0 }];
  assert.deepEqual(medianFigures(rounds), { p99Ms: 5, lost: 2 });
  assert.deepEqual(medianFigures([{ p99Ms: 1 }, { p99Ms: 2 }]), { p99Ms: 1.5 });
});

Deno.test("servers take turns, and one that fails is left out with a word", async () => {
  const turns: string[] = [];
  const scenario: Scenario = {
    name: "try",
    says: "Something",
    columns: [],
    comparable: true,
    measure({ name }) {
      turns.push(name);
      if (name === "broken") throw new Error("no");
      return Promise.resolve([{ label: "", figures: { turn: turns.length } }]);
    },
  };
  const troubles: string[] = [];
  const { rows } = await contest(
    scenario,
    ["chat", "broken", "other"].map(contestant),
    fullEffort,
    (trouble) => troubles.push(trouble),
  );
  assert.deepEqual(turns, ["chat", "broken", "other", "chat", "other", "chat", "other"]);
  assert.deepEqual(troubles, ["try: broken is left out: Error: no"]);
  assert.deepEqual(rows.map(({ server, figures }) => [server, figures.turn]), [["chat", 4], ["other", 5]]);
});

function contestant(name: string): Contestant {
  return { name, says: "", start: () => Promise.reject(new Error("not started here")) };
}
