import { inDigits, ratio, type ResultRow, rivals, type ScenarioResult } from "./results.ts";
import type { Column } from "./scenario.ts";

/** A result as a heading row and rows of cells: servers first, then how many times theirs chat's values are. */
export function cellsOf(result: ScenarioResult): readonly (readonly string[])[] {
  const { columns, rows } = result;
  const heading = ["", ...columns.map(({ title }) => title)];
  const values = rows.map((row) => [
    nameOf(row),
    ...columns.map(({ key, decimals }) => inDigits(row.figures[key], decimals)),
  ]);
  const ratios = rivals(result).map(({ own, other }) => [
    `chat / ${nameOf(other)}`,
    ...columns.map((column) => ratioCell(column, own, other)),
  ]);
  return [heading, ...values, ...ratios];
}

/** The same as aligned lines for a terminal. */
export function tableText(result: ScenarioResult): string {
  const cells = cellsOf(result);
  const widths = (cells[0] ?? []).map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  const lines = cells.map((row) =>
    row.map((cell, at) => at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)).join("  ")
  );
  return `${result.name}: ${result.says}\n${lines.map((line) => `  ${line.trimEnd()}`).join("\n")}\n`;
}

function nameOf({ server, label }: ResultRow): string {
  return label === "" ? server : `${server}, ${label}`;
}

function ratioCell({ key, better }: Column, own: ResultRow, other: ResultRow): string {
  const times = ratio(own.figures[key], other.figures[key]);
  return times === undefined || better === "zero" ? "" : `${inDigits(times, 2)}x`;
}
