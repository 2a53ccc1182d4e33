/**
 * `deno task tidy [folder]`: the rules of the house that a reader cannot see at a glance. Arrows between rooms point
 * one way and pass by doors (scripts/tidy/rooms.ts), imports close no ring, time, chance and the log come from World;
 * every package has an exact version and a reason.
 */
import { resolve } from "node:path";
import { arrowFaults } from "./tidy/arrow_faults.ts";
import { cycleFaults } from "./tidy/cycle_faults.ts";
import { dependencyFaults } from "./tidy/dependency_faults.ts";
import { type Fault, faultLine } from "./tidy/fault.ts";
import { type Arrow, importGraph } from "./tidy/import_graph.ts";
import { nameFaults } from "./tidy/name_faults.ts";
import { sourceFaults } from "./tidy/source_faults.ts";
import { sourceFiles } from "./tidy/source_files.ts";

/** Every broken rule in the tree under `root`, an absolute path that holds a `deno.json` and a `README.md`; sorted by place. */
export function faultsIn(root: string): readonly Fault[] {
  const files = sourceFiles(root);
  const { arrows, unreadable } = importGraph(root, files);
  const faults = [
    ...nameFaults(files),
    ...[...unreadable].map(([file, error]) => unreadableFault(file, error, arrows)),
    ...arrowFaults(arrows),
    ...cycleFaults(arrows),
    ...dependencyFaults(textOf(`${root}/deno.json`), textOf(`${root}/README.md`)),
    ...files.flatMap((file) => sourceFaults(file, textOf(`${root}/${file}`))),
  ];
  return faults.sort((a, b) => a.file.localeCompare(b.file) || (a.line ?? 0) - (b.line ?? 0));
}

function textOf(path: string): string {
  return Deno.readTextFileSync(path);
}

/** Told at the import that leads there, if there is one: the file itself may be what is missing. */
function unreadableFault(file: string, error: string, arrows: readonly Arrow[]): Fault {
  const arrow = arrows.find(({ to }) => to === file);
  const text = `"${file}" cannot be read as a module (${error.split("\n")[0]}): mend it, or what imports it.`;
  return { file: arrow?.from ?? file, line: arrow?.line, text };
}

function main(): void {
  const faults = faultsIn(resolve(Deno.args[0] ?? "."));
  for (const fault of faults) console.error(faultLine(fault));
  if (faults.length === 0) return console.log("tidy: every rule holds");
  console.error(`\ntidy: ${faults.length} ${faults.length === 1 ? "fault" : "faults"}`);
  Deno.exitCode = 1;
}

if (import.meta.main) main();
