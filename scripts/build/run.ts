/** Runs a command in `folder` to its end, showing what it says. Throws where it fails or is not there. */
export function run(command: readonly [string, ...string[]], folder: string): void {
  const [program, ...args] = command;
  const { success, code } = new Deno.Command(program, {
    args,
    cwd: folder,
    stdout: "inherit",
    stderr: "inherit",
  })
    .outputSync();
  if (!success) {
    throw new Error(`"${program} ${args[0]}" ended with code ${code}: what it wrote above says why.`);
  }
}
