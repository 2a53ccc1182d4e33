import type { Contestant } from "./contestant.ts";

/** Measured values by the key of their column. */
export type Figures = Readonly<Record<string, number>>;

export interface Row {
  /** What distinguishes it within its scenario, "" if nothing does. */
  readonly label: string;
  readonly figures: Figures;
}

export interface Column {
  readonly key: string;
  readonly title: string;
  /** Which is better: ratios to other servers are told so that above 1 chat is ahead. "zero" is no contest but a must. */
  readonly better: "more" | "less" | "zero";
  readonly decimals: number;
}

export interface Effort {
  /** How many times each server is measured; the median counts. */
  readonly rounds: number;
  /** The share of the work that is done, up to 1. */
  readonly share: number;
}

export const fullEffort: Effort = { rounds: 3, share: 1 };
export const quickEffort: Effort = { rounds: 1, share: 0.25 };

/** One kind of work that servers are measured at. */
export interface Scenario {
  readonly name: string;
  readonly says: string;
  readonly columns: readonly Column[];
  /** Whether other servers can do it too. */
  readonly comparable: boolean;
  measure(contestant: Contestant, effort: Effort): Promise<readonly Row[]>;
}
