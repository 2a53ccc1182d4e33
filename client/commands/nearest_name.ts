/** The name that was most likely meant, or undefined where none is near: at most two slips, and under half the name. */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((name) => ({ name, slips: name.startsWith(typed) ? 0.5 : slips(typed, name) }))
    .filter(({ name, slips }) => slips <= 2 && slips < name.length / 2)
    .sort((one, other) => one.slips - other.slips);
  return best?.name;
}

/** Damerau-Levenshtein distance of neighbours: letters put in, left out, replaced, or swapped with the next one. */
function slips(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= one.length; row++) {
    const costs = [row];
    for (let column = 1; column <= other.length; column++) {
      const replaced = at(rows, row - 1, column - 1) + (one[row - 1] === other[column - 1] ? 0 : 1);
      const best = Math.min(replaced, at(rows, row - 1, column) + 1, (costs[column - 1] ?? 0) + 1);
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      costs.push(swapped ? Math.min(best, at(rows, row - 2, column - 2) + 1) : best);
    }
    rows.push(costs);
  }
  return at(rows, one.length, other.length);
}

function at(rows: readonly (readonly number[])[], row: number, column: number): number {
  return rows[row]?.[column] ?? 0;
}
