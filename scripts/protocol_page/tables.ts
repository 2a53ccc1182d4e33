import { type Bound, bounds, errorCodes, type ErrorDeclaration } from "../../shared/protocol/mod.ts";
import { quantity } from "./quantity.ts";

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.map(cell).join(" | ")} |`).join(
    "\n",
  );
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

export function errorTable(): string {
  const rows: readonly (readonly [string, ErrorDeclaration])[] = Object.entries(errorCodes);
  return table(
    ["`code`", "What it means", "What to do"],
    rows.map(([code, { means, then }]) => [
      `\`${code}\``,
      means,
      then,
    ]),
  );
}

export function limitTable(): string {
  const rows: readonly (readonly [string, Bound])[] = Object.entries(bounds);
  return table(
    ["What", "Limit", "When it is reached"],
    rows.map(([name, { value, says, reached }]) => [
      says,
      quantity(name, value).replaceAll(" ", "\u00a0"),
      reached,
    ]),
  );
}
