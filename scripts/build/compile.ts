import { resolve } from "node:path";
import { run } from "./run.ts";

export interface Compilation {
  /** `deno compile`, or what stands in for it. */
  readonly command: readonly string[];
  /** What the executable may do, and for its engine. */
  readonly flags: readonly string[];
  /** Holds `main.js` and all that belongs to it, and nothing else. */
  readonly folder: string;
  /** The file to write. */
  readonly executable: string;
  readonly target: string | undefined;
}

/** Makes one executable of a bundle. The same bundle gives the same bytes, wherever and whenever it is made. */
export function compile({ command, flags, folder, executable, target }: Compilation): void {
  const files = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  for (const file of files) Deno.utimeSync(`${folder}/${file}`, 0, 0); // the executable keeps each file's time
  const [program = "deno", ...first] = command;
  run([
    program,
    ...first,
    ...["--quiet", "--no-check", "--no-config", "--no-lock"],
    "--no-code-cache", // else the executable runs what it finds under a name in /tmp that anyone can guess
    ...flags,
    ...(target === undefined ? [] : ["--target", target]),
    ...files.flatMap((file) => ["--include", file]),
    ...["--output", resolve(executable), "main.js"],
  ], folder);
}
