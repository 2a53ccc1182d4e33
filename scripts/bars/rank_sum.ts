/**
 * How likely two samples of one and the same distribution differ at least as much in their ranks as these two do
 * (Mann-Whitney, both sides, by the normal approximation with correction for ties and continuity). Wants 20 values each.
 */
export function rankSumP(one: readonly number[], other: readonly number[]): number {
  const all = [
    ...one.map((value) => ({ value, first: true })),
    ...other.map((value) => ({ value, first: false })),
  ]
    .sort((left, right) => left.value - right.value);
  const total = all.length;
  let rankSum = 0, ties = 0;
  for (let from = 0, to = 0; from < total; from = to) {
    while (to < total && all[to]?.value === all[from]?.value) to++;
    const rank = (from + 1 + to) / 2, count = to - from;
    rankSum += rank * all.slice(from, to).filter(({ first }) => first).length;
    ties += count ** 3 - count;
  }
  const product = one.length * other.length;
  const u = rankSum - one.length * (one.length + 1) / 2;
  const deviation = Math.sqrt(product / 12 * (total + 1 - ties / (total * (total - 1))));
  if (deviation === 0) return 1;
  const z = Math.max(0, Math.abs(u - product / 2) - 0.5) / deviation;
  return 2 * upperTail(z);
}

/** The chance that a normal variable is above `z` (Abramowitz and Stegun, 26.2.17: off by less than 10^-7). */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const sum = [0.319381530, -0.356563782, 1.781477937, -1.821255978, 1.330274429]
    .reduceRight((rest, coefficient) => t * (coefficient + rest), 0);
  return sum * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
}
