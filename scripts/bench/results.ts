import type { Column, Figures } from "./scenario.ts";

/** Everything that one run of the benchmark has found. */
export interface Results {
  /** The day, as YYYY-MM-DD. */
  readonly day: string;
  readonly machine: string;
  /** How many times each server was measured; the medians are told. */
  readonly rounds: number;
  /** The share of the full work. */
  readonly share: number;
  /** What each server is, by name; chat first. */
  readonly servers: Readonly<Record<string, string>>;
  readonly scenarios: readonly ScenarioResult[];
}

export interface ScenarioResult {
  readonly name: string;
  readonly says: string;
  readonly columns: readonly Column[];
  readonly rows: readonly ResultRow[];
}

export interface ResultRow {
  readonly server: string;
  readonly label: string;
  readonly figures: Figures;
}

/** How many times another server's value chat's is, where that says something. */
export function ratio(own: number | undefined, other: number | undefined): number | undefined {
  return own === undefined || other === undefined || other === 0 ? undefined : own / other;
}

/** The rows of other servers beside chat's row of the same label. */
export function rivals(
  { rows }: ScenarioResult,
): readonly { readonly own: ResultRow; readonly other: ResultRow }[] {
  return rows.filter(({ server }) => server !== "chat").flatMap((other) => {
    const own = rows.find(({ server, label }) => server === "chat" && label === other.label);
    return own === undefined ? [] : [{ own, other }];
  });
}

export function inDigits(value: number | undefined, decimals: number): string {
  return value === undefined
    ? ""
    : value.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
