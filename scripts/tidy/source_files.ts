const skipped: ReadonlySet<string> = new Set(["coverage", "dist", "node_modules"]);

/** All source files under `root`, as sorted paths with forward slashes. Hidden and built folders are left out. */
export function sourceFiles(root: string): readonly string[] {
  return [...walk(root, "")].sort();
}

function* walk(root: string, folder: string): Generator<string> {
  for (const entry of Deno.readDirSync(`${root}/${folder}`)) {
    if (entry.name.startsWith(".") || skipped.has(entry.name)) continue;
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory) yield* walk(root, path);
    else if (/\.[cm]?[jt]sx?$/.test(entry.name)) yield path;
  }
}
