/** `chat backup` and `chat restore`: all that a server is, in one file. */
import { ensurePrivateDirectory, exists, FileTrouble } from "../shared/files/mod.ts";
import { rootKeyFile } from "./keyring/mod.ts";
import { contentsBeside, copyContents, refuseMissing } from "./content_backup.ts";
import { contentsIn, databaseIn, refuseNoServer } from "./server.ts";
import { StartTrouble } from "./start_trouble.ts";
import {
  backUp,
  type Files,
  forgetContents,
  openBackup,
  restoreDatabase,
  rootKeyPathBeside,
} from "./store/mod.ts";

/** What makes a server the one that its clients know, beside the database. */
const belongings = ["authority.pem", "leaf.pem", "keys/authority.key", "keys/leaf.key"] as const;

export interface MadeBackup {
  /** Where the root key is, without which nobody can read it. */
  readonly rootKeyPath: string;
  /** The directory with the contents of files that belongs to it; none where there are no files. */
  readonly contentsPath: string | undefined;
}

/**
 * Copies the server in `directory`, running or not, to `file`, with mode 0600, and the contents of its files to a directory
 * beside that. Nobody can read them without the root key, which is not in it. Throws a Trouble.
 */
export async function makeBackup(
  directory: string,
  file: string,
  rootKeyPath: string = rootKeyPathBeside(databaseIn(directory)),
): Promise<MadeBackup> {
  const contentsPath = contentsBeside(file);
  for (const path of [file, contentsPath]) {
    if (exists(path)) throw new StartTrouble(`${path} exists already. Choose another name, or move it away`);
  }
  refuseNoServer(directory);
  const files = readBelongings(directory);
  const draft = makeDraft(file);
  try {
    const contents = await backUp(databaseIn(directory), rootKeyPath, draft, files);
    if (contents.length > 0) {
      // What is called so is whole, and the backup itself comes last.
      const gone = await copyContents(contents, contentsIn(directory), contentsBeside(draft));
      forgetContents(draft, gone);
      Deno.renameSync(contentsBeside(draft), contentsPath);
    }
    Deno.renameSync(draft, file);
    return { rootKeyPath, contentsPath: contents.length > 0 ? contentsPath : undefined };
  } catch (error) {
    Deno.removeSync(draft);
    if (exists(contentsBeside(draft))) Deno.removeSync(contentsBeside(draft), { recursive: true });
    throw error;
  }
}

/**
 * Makes a server of a backup in `directory`, which must be empty or not there, and puts the root key that opens it, from
 * the file `rootKeyPath`, in its usual place there. Throws a Trouble, and then nothing was changed.
 */
export async function restoreBackup(
  file: string,
  directory: string,
  rootKeyPath: string | undefined,
): Promise<void> {
  if (!exists(file)) throw new StartTrouble(`There is no file ${file}. Check its name`);
  if (exists(directory) && [...Deno.readDirSync(directory)].length > 0) {
    throw new StartTrouble(
      `${directory} is not empty. Restore to another place with --data, or move it away first`,
    );
  }
  const { files, contents, rootKeys } = openBackup(file, rootKeyPath);
  refuseMissing(file, contents);
  // Whole or not at all: what an interrupted restore leaves behind is in nobody's way.
  const draft = `${directory}.restoring`;
  if (exists(draft)) Deno.removeSync(draft, { recursive: true });
  ensurePrivateDirectory(draft);
  ensurePrivateDirectory(`${draft}/keys`);
  for (const [path, content] of files) writeBelonging(draft, path, content);
  if (rootKeys.length > 0) rootKeyFile(rootKeyPathBeside(databaseIn(draft))).write(rootKeys);
  if (contents.length > 0) await copyContents(contents, contentsBeside(file), contentsIn(draft));
  await restoreDatabase(file, databaseIn(draft));
  if (exists(directory)) Deno.removeSync(directory);
  Deno.renameSync(draft, directory);
}

/** A new file beside `file`, so that the finished one takes its name at once. */
function makeDraft(file: string): string {
  const end = file.lastIndexOf("/");
  try {
    // Made with mode 0600, under a name that nobody can have made ready.
    return Deno.makeTempFileSync({ dir: end === -1 ? "." : file.slice(0, end + 1), prefix: ".backup-" });
  } catch (error) {
    throw new FileTrouble(`write "${file}"`, error);
  }
}

function readBelongings(directory: string): Files {
  return new Map(belongings.map((path) => [path, readBelonging(`${directory}/${path}`)]));
}

function readBelonging(path: string): Uint8Array {
  try {
    return Deno.readFileSync(path);
  } catch (error) {
    throw new FileTrouble(`read "${path}"`, error);
  }
}

function writeBelonging(directory: string, path: string, content: Uint8Array): void {
  // A backup comes from outside: it names only what belongs to a server.
  if (!belongings.some((known) => known === path)) return;
  Deno.writeFileSync(`${directory}/${path}`, content, { mode: 0o600, createNew: true });
}
