import { basename, dirname } from "node:path";
import { FileTrouble } from "./file_trouble.ts";

/**
 * Writes a file of mode 0600, durably and as a whole: after a crash at any moment the old content is there or the new
 * one. A reader never sees a part. Its directory must exist. Throws `FileTrouble`; the old file is then untouched.
 */
export function writePrivateFile(path: string, content: string | Uint8Array): void {
  try {
    replace(path, typeof content === "string" ? new TextEncoder().encode(content) : content);
    syncDirectory(dirname(path));
  } catch (cause) {
    throw new FileTrouble(`write "${path}"`, cause);
  }
}

/** The file's text (UTF-8), or undefined where there is none. Throws `FileTrouble` if it is there but cannot be read. */
export function readFileIfThere(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return undefined;
    throw new FileTrouble(`read "${path}"`, cause);
  }
}

/** `makeTempFileSync` gives a name nobody else has, and mode 0600 from the first moment on. */
function replace(path: string, bytes: Uint8Array): void {
  const draft = Deno.makeTempFileSync({ dir: dirname(path), prefix: `.${basename(path)}-` });
  try {
    writeDurably(draft, bytes);
    Deno.renameSync(draft, path);
  } catch (cause) {
    Deno.removeSync(draft);
    throw cause;
  }
}

function writeDurably(path: string, bytes: Uint8Array): void {
  using file = Deno.openSync(path, { write: true });
  for (let written = 0; written < bytes.length;) written += file.writeSync(bytes.subarray(written));
  file.syncSync();
}

/** A rename is durable once its directory is on disk. Windows cannot open a directory, and needs no such help. */
function syncDirectory(path: string): void {
  if (Deno.build.os === "windows") return;
  using directory = Deno.openSync(path, { read: true });
  directory.syncSync();
}
