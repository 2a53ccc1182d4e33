/** The part of `chat backup` and `chat restore` that is about files: their contents lie beside the backup, sealed as they are. */
import { ensurePrivateDirectory, exists, FileTrouble } from "../shared/files/mod.ts";
import { previewOf, sealedSizeOf } from "./files/mod.ts";
import { StartTrouble } from "./start_trouble.ts";
import type { ContentSize } from "./store/mod.ts";

/** Where the contents of the files in a backup are. */
export function contentsBeside(backup: string): string {
  return `${backup}.files`;
}

/**
 * Copies the contents to the new directory `to`. A running server may take some away meanwhile: returns the places of
 * those. Throws FileTrouble.
 */
export async function copyContents(
  contents: readonly ContentSize[],
  from: string,
  to: string,
): Promise<string[]> {
  ensurePrivateDirectory(to);
  const gone: string[] = [];
  for (const { place, size } of contents) {
    if (!await copyIfThere(`${from}/${place}`, `${to}/${place}`)) {
      gone.push(place);
      continue;
    }
    await refuseOtherSize(`${to}/${place}`, sealedSizeOf(size));
    await copyIfThere(`${from}/${previewOf(place)}`, `${to}/${previewOf(place)}`);
  }
  return gone;
}

/** Throws StartTrouble where the contents of a backup's files are not all beside it. */
export function refuseMissing(backup: string, contents: readonly ContentSize[]): void {
  const directory = contentsBeside(backup);
  const missing = contents.filter(({ place }) => !exists(`${directory}/${place}`)).length;
  if (missing === 0) return;
  throw new StartTrouble(
    `${missing} of the ${contents.length} files that belong to ${backup} are not in ${directory}. ` +
      `Put that directory, which chat backup has made with it, beside it again; nothing was changed`,
  );
}

async function copyIfThere(from: string, to: string): Promise<boolean> {
  try {
    await Deno.copyFile(from, to);
    using file = await Deno.open(to, { write: true });
    await file.sync();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw new FileTrouble(`copy "${from}"`, error);
  }
}

async function refuseOtherSize(path: string, bytes: number): Promise<void> {
  if ((await Deno.stat(path)).size === bytes) return;
  throw new StartTrouble(
    `${path} has another length than it should: the file on the server's disk is damaged. Put it back from an earlier backup, then try again`,
  );
}
