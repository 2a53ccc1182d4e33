const targets = [
  "x86_64-unknown-linux-gnu",
  "aarch64-unknown-linux-gnu",
  "x86_64-apple-darwin",
  "aarch64-apple-darwin",
  "x86_64-pc-windows-msvc",
] as const;

/** A sentence for each of `asked` that cannot be built for. */
export function unknownTargets(asked: readonly string[]): readonly string[] {
  const known: readonly string[] = targets;
  return asked
    .filter((target) => !known.includes(target))
    .map((target) => `There is no target "${target}". Choose among ${targets.join(", ")}.`);
}

/** The file name of the executable for `target`, or for this machine where that is absent. */
export function executableOf(target: string | undefined): string {
  const isWindows = target === undefined ? Deno.build.os === "windows" : target.includes("windows");
  return isWindows ? `${baseName(target)}.exe` : baseName(target);
}

/** The file name of what that executable is made of. */
export function sbomFileOf(target: string | undefined): string {
  return `${baseName(target)}.cdx.json`;
}

function baseName(target: string | undefined): string {
  return target === undefined ? "chat" : `chat-${target}`;
}
