import { FileTrouble } from "./file_trouble.ts";

/** Whether there is anything at `path`. Throws FileTrouble where that cannot be told. */
export function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return false;
    throw new FileTrouble(`look at "${path}"`, cause);
  }
}
