/**
 * Copies of the whole: one file that is the database and, in a table of its own, the files that belong to it, sealed.
 * Without the root key, which it does not hold, a backup is of no use to anybody.
 */
import { backup, DatabaseSync } from "node:sqlite";
import { Trouble } from "../../shared/trouble/mod.ts";
import { missingRootKey, type RootKey, rootKeyFile, type RootKeys, Unreadable } from "../keyring/mod.ts";
import { checkDatabase, openPrivately, versionOf } from "./connection.ts";
import { openAsItIs } from "./database.ts";
import { keyringOn, rootsIn } from "./key_rows.ts";
import { lastClearFormat, migrations } from "./migrations.ts";
import { bytes, integer, string } from "./row.ts";
import { StoreTrouble } from "./trouble.ts";

/** The first format of the database in which there are files. */
const firstWithFiles = 6;

/** What lies beside the database, by its path below the data directory. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** A content of files, whose bytes are in no backup but beside it. */
export interface ContentSize {
  readonly place: string;
  /** In bytes, before it is sealed. */
  readonly size: number;
}

/** What a backup holds beside the database. */
export interface BackupContent {
  readonly files: Files;
  readonly contents: readonly ContentSize[];
  /** The root keys that open it; none if it was made before anything was sealed. */
  readonly rootKeys: readonly RootKey[];
}

/**
 * Writes a copy of the database `source`, which may be in use, and of `files` to the empty file `target`. The
 * copy is one moment's state, and is checked before the call resolves. Returns what is to lie beside it. Throws a Trouble.
 */
export async function backUp(
  source: string,
  rootKeyPath: string,
  target: string,
  files: Files,
): Promise<readonly ContentSize[]> {
  const rootKeys = rootKeyFile(rootKeyPath);
  const { database } = openAsItIs(source, rootKeys);
  try {
    // All pages in one step: a copy in several would begin anew at each commit of the running server.
    await backup(database, target, { rate: 2 ** 31 - 1 });
  } finally {
    database.close();
  }
  const copy = openPrivately(target);
  try {
    const root = rootKeyOf(copy, rootKeys);
    copy.exec(`
      PRAGMA journal_mode = DELETE;
      CREATE TABLE backup_file (path TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT;
    `);
    const insert = copy.prepare("INSERT INTO backup_file (path, content) VALUES (?, ?)");
    for (const [path, content] of files) insert.run(path, root.wrap(labelOf(path), content));
    checkDatabase(copy, target);
    return contentsIn(copy);
  } finally {
    copy.close();
  }
}

/** Takes files out of a copy whose contents were gone before they could be copied, as the server did with its own. */
export function forgetContents(target: string, places: readonly string[]): void {
  const copy = openPrivately(target);
  try {
    const file = copy.prepare("DELETE FROM file WHERE place = ?");
    const content = copy.prepare("DELETE FROM content WHERE place = ?");
    for (const place of places) {
      file.run(place);
      content.run(place);
    }
  } finally {
    copy.close();
  }
}

function contentsIn(copy: DatabaseSync): ContentSize[] {
  return copy.prepare("SELECT place, size FROM content").all()
    .map((row) => ({ place: string(row, "place"), size: integer(row, "size") }));
}

/**
 * What the backup `path` holds beside the database. Changes nothing. Throws StoreTrouble if it is no whole backup of
 * ours, and a Trouble if the root key in the file `rootKeyPath` does not open it or is not given.
 */
export function openBackup(path: string, rootKeyPath: string | undefined): BackupContent {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true });
    checkDatabase(database, path);
    refuseNewer(database, path);
    return readContent(database, path, rootKeyPath);
  } catch (error) {
    if (error instanceof Trouble) throw error;
    throw new StoreTrouble(
      `${path} is not a backup made by chat backup, or it is damaged. Use another one`,
      error,
    );
  } finally {
    database?.close();
  }
}

/** Makes the database `target`, which must not exist, of a backup. */
export async function restoreDatabase(backupPath: string, target: string): Promise<void> {
  const source = new DatabaseSync(backupPath, { readOnly: true });
  try {
    openPrivately(target).close();
    await backup(source, target, { rate: 2 ** 31 - 1 });
  } finally {
    source.close();
  }
  const database = openPrivately(target);
  // The keys shall not stay behind in pages of the database that are free.
  database.exec("PRAGMA secure_delete = ON; DROP TABLE backup_file");
  database.close();
}

function readContent(database: DatabaseSync, path: string, rootKeyPath: string | undefined): BackupContent {
  const rows = database.prepare("SELECT path, content FROM backup_file").all();
  if (versionOf(database) <= lastClearFormat) {
    const files = new Map(rows.map((row) => [string(row, "path"), bytes(row, "content")]));
    return { files, contents: [], rootKeys: [] };
  }
  const rootKeys = rootKeysOf(database, path, rootKeyPath);
  const root = rootKeyOf(database, rootKeys);
  keyringOn(database, rootKeys).check();
  const files = rows.map((row): [string, Uint8Array] => {
    const name = string(row, "path");
    return [name, openFile(root, name, bytes(row, "content"))];
  });
  const contents = versionOf(database) < firstWithFiles ? [] : contentsIn(database);
  return { files: new Map(files), contents, rootKeys: [root] };
}

function rootKeysOf(database: DatabaseSync, path: string, rootKeyPath: string | undefined): RootKeys {
  if (rootKeyPath !== undefined) return rootKeyFile(rootKeyPath);
  throw new StoreTrouble(
    `The backup ${path} opens with its server's root key only (its id is ${rootsIn(database).join(", ")}). ` +
      `Say with --root-key where your copy of it is`,
  );
}

/** The one root key that wraps every data key of a copy. */
function rootKeyOf(copy: DatabaseSync, rootKeys: RootKeys): RootKey {
  const needed = rootsIn(copy);
  if (needed.length > 1) {
    throw new StoreTrouble(
      "The server's keys are being rotated. Wait for that, or finish it with chat keys rotate, then back up",
    );
  }
  const found = rootKeys.read().find(({ id }) => id === needed[0]);
  if (found === undefined) throw missingRootKey(needed, rootKeys);
  return found;
}

function openFile(root: RootKey, path: string, sealed: Uint8Array): Uint8Array {
  try {
    return root.unwrap(labelOf(path), sealed);
  } catch (error) {
    throw new Unreadable(`The file ${path} in the backup`, error);
  }
}

function labelOf(path: string): string {
  return `backup of ${path}`;
}

function refuseNewer(database: DatabaseSync, path: string): void {
  if (versionOf(database) <= migrations.length) return;
  throw new StoreTrouble(
    `The backup ${path} was made by a newer version of chat. Restore it with that version`,
  );
}
