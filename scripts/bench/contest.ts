/** Measures servers in turn, so that what disturbs the machine disturbs all of them alike. */
import type { Contestant } from "./contestant.ts";
import type { ResultRow, ScenarioResult } from "./results.ts";
import type { Effort, Figures, Row, Scenario } from "./scenario.ts";

/** Resolves with the medians. A server that cannot do it is left out, and `complain` is told why. */
export async function contest(
  scenario: Scenario,
  contestants: readonly Contestant[],
  effort: Effort,
  complain: (trouble: string) => void,
): Promise<ScenarioResult> {
  const partakers = scenario.comparable ? contestants : contestants.slice(0, 1);
  const measured = new Map<Contestant, (readonly Row[])[]>(partakers.map((contestant) => [contestant, []]));
  for (let round = 0; round < effort.rounds; round++) {
    for (const [contestant, rounds] of measured) {
      try {
        rounds.push(await scenario.measure(contestant, effort));
      } catch (error) {
        measured.delete(contestant);
        complain(`${scenario.name}: ${contestant.name} is left out: ${error}`);
      }
    }
  }
  const { name, says, columns } = scenario;
  const rows = [...measured].flatMap(([contestant, rounds]) => medianRows(contestant.name, rounds));
  return { name, says, columns, rows };
}

function medianRows(server: string, rounds: readonly (readonly Row[])[]): ResultRow[] {
  const [first = []] = rounds;
  return first.map(({ label }, at) => ({
    server,
    label,
    figures: medianFigures(rounds.map((rows) => rows[at]?.figures ?? {})),
  }));
}

/** The median of each figure, but the worst of what must not be: one lost message in three rounds is one too many. */
export function medianFigures(all: readonly Figures[]): Figures {
  const keys = Object.keys(all[0] ?? {});
  return Object.fromEntries(keys.map((key) => {
    const values = all.map((figures) => figures[key] ?? 0);
    return [key, ["lost", "outOfTurn", "refused"].includes(key) ? Math.max(...values) : median(values)];
  }));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? 0) + high) / 2;
}
