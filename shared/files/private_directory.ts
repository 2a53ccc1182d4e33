import { FileTrouble } from "./file_trouble.ts";

const onlyOwner = 0o700;
const anyoneElse = 0o077;

/**
 * Makes the directory, and those above it that are missing, with mode 0700. One that is there and open to others is
 * closed to them, so name only directories that belong to this program. Proves that files can be made in it.
 * Throws `FileTrouble`.
 */
export function ensurePrivateDirectory(path: string): void {
  try {
    Deno.mkdirSync(path, { recursive: true, mode: onlyOwner });
    tighten(path);
    Deno.removeSync(Deno.makeTempFileSync({ dir: path, prefix: ".probe-" }));
  } catch (cause) {
    throw new FileTrouble(`use directory "${path}"`, cause);
  }
}

/** Windows has no modes: there the directory inherits the rights of the one above it. */
function tighten(path: string): void {
  const { mode } = Deno.statSync(path);
  if (Deno.build.os === "windows" || mode === null) return;
  if ((mode & anyoneElse) !== 0) Deno.chmodSync(path, onlyOwner);
}
