/** How long something is kept, as a person writes it and as they are told. */

const unitsMs: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};

/** Milliseconds of `90s`, `30m`, `1h`, `30d` or `2w`; undefined for anything else. */
export function durationWord(word: string): number | undefined {
  const [, count, unit = ""] = /^(\d{1,6})([smhdw])$/.exec(word.toLowerCase()) ?? [];
  const unitMs = unitsMs[unit];
  return unitMs === undefined ? undefined : Number(count) * unitMs;
}

/** As people write it. */
export const durationsWritten = "like 30m, 1h or 7d";

const namedUnits = [[86_400_000, "day"], [3_600_000, "hour"], [60_000, "minute"], [1_000, "second"]] as const;

/** `30 days`, `1 hour`, `90 minutes`: in the largest unit that it is a whole number of. */
export function durationText(ms: number): string {
  const [unitMs, name] = namedUnits.find(([unitMs]) => ms % unitMs === 0) ?? [1_000, "second"];
  const count = Math.round(ms / unitMs);
  return `${count} ${count === 1 ? name : `${name}s`}`;
}
