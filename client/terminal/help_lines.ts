/** What commands there are, and what they do. */
import { type Command, groups, usage } from "../commands/mod.ts";
import { type Line, span } from "./styled_line.ts";

/** Every group is a few rows, so that all of it is seen at once in 24 rows of 80 columns. */
export function helpLines(commands: readonly Command[], hasKeys: boolean): readonly Line[] {
  const width = Math.max(...Object.values(groups).map((title) => title.length));
  const rows = Object.entries(groups).flatMap(([group, title]): readonly Line[] => {
    const names = commands.filter((command) => command.group === group).map(({ name }) => `/${name}`);
    return names.length === 0 ? [] : namesLines(`  ${title.padEnd(width)}  `, names);
  });
  return [
    ...rows,
    [span("  /help and a command or a group explains it: /help edit, /help rooms.", "dim")],
    [span("  N is a message's number, left of its time.", "dim")],
    ...hasKeys ? keyLines() : [],
    [span("  A text that begins with / is written with //.", "dim")],
  ];
}

const helpColumns = 80;

function namesLines(head: string, names: readonly string[]): readonly Line[] {
  const rows: string[] = [];
  for (const name of names) {
    const row = rows.at(-1);
    if (row === undefined || head.length + row.length + name.length + 1 > helpColumns) rows.push(name);
    else rows[rows.length - 1] = `${row} ${name}`;
  }
  return rows.map((row, index): Line => [
    span(index === 0 ? head : " ".repeat(head.length), "dim"),
    span(row, "strong"),
  ]);
}

/** What it does stands beside how it is written, or below it where that is long. */
export function explainedLines(commands: readonly Command[]): readonly Line[] {
  const usages = commands.map(usage);
  const width = Math.min(usageColumnsMax, Math.max(...usages.map(({ length }) => length)));
  return commands.flatMap(({ says }, index): readonly Line[] => {
    const written = usages[index] ?? "";
    const line = [span("  "), span(written.padEnd(width), "strong")];
    if (written.length <= width) return [[...line, span(`  ${says}`)]];
    return [line, [span(`  ${" ".repeat(width)}  ${says}`)]];
  });
}

const usageColumnsMax = 22;

function keyLines(): readonly Line[] {
  return [
    [span("  Tab completes commands, rooms and names. ↑ brings earlier lines back.", "dim")],
    [span("  Alt-Enter begins a new line, and what is pasted keeps its lines.", "dim")],
  ];
}
