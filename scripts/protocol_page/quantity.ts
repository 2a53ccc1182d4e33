const lengths = [["days", 86_400_000], ["hours", 3_600_000], ["seconds", 1_000], [
  "milliseconds",
  1,
]] as const;

/** A limit for people to read, in the unit that its name ends with: `textBytes`, `idleMsMax`. */
export function quantity(name: string, value: number): string {
  const unit = /(Bytes|Ms|CodePoints|Characters)(?:Max|Min|Default)?$/.exec(name)?.[1];
  if (unit === "Ms") return duration(value);
  if (unit === "Bytes") return `${grouped(value)} bytes`;
  if (unit === "CodePoints" || unit === "Characters") return `${grouped(value)} characters`;
  return grouped(value);
}

/** In the largest unit that leaves no rest, but for three days, which are 72 hours to most. */
function duration(milliseconds: number): string {
  for (const [unit, length] of lengths) {
    const count = milliseconds / length;
    if (Number.isInteger(count) && !(unit === "days" && count < 7)) return `${grouped(count)} ${unit}`;
  }
  return `${milliseconds} milliseconds`;
}

function grouped(count: number): string {
  return count.toLocaleString("en-US");
}
