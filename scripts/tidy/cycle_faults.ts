import type { Fault } from "./fault.ts";
import type { Arrow } from "./import_graph.ts";

/** Each closed ring of imports between files, told once, at the import that closes it. */
export function cycleFaults(arrows: readonly Arrow[]): readonly Fault[] {
  const outgoing = Map.groupBy(arrows, ({ from }) => from);
  const done = new Set<string>();
  const faults: Fault[] = [];
  for (const file of outgoing.keys()) visit(file, []);
  return faults;

  function visit(file: string, path: readonly string[]): void {
    if (done.has(file)) return;
    const way = [...path, file];
    for (const arrow of outgoing.get(file) ?? []) {
      const start = way.indexOf(arrow.to);
      if (start === -1) visit(arrow.to, way);
      else faults.push(ring(arrow, way.slice(start)));
    }
    done.add(file);
  }
}

function ring(closing: Arrow, files: readonly string[]): Fault {
  const way = [...files, closing.to].join(" -> ");
  const text = `closes a ring of imports: ${way}. Move what both ends need into a file of its own.`;
  return { file: closing.from, line: closing.line, text };
}
