import { run } from "./run.ts";

/**
 * Bundles each of `entries` with all that it imports into `folder`, which is emptied first: `a/b.ts` becomes
 * `folder/b.js`, with what it imports late in chunks beside it. Entries and folder are paths within `root`, from where
 * the bundler looks at them: their names as seen from there go into the names of the chunks.
 */
export function bundle(root: string, entries: readonly string[], folder: string): void {
  Deno.mkdirSync(`${root}/${folder}`, { recursive: true });
  Deno.removeSync(`${root}/${folder}`, { recursive: true });
  const options = ["--quiet", "--platform", "deno", "--minify", "--code-splitting", "--outdir", folder];
  for (const entry of entries) run([Deno.execPath(), "bundle", ...options, entry], root);
}
