/** Copies of the whole: one file that is the database and, in a table of its own, the files that belong to it. */
import { backup, DatabaseSync } from "node:sqlite";
import { checkDatabase, openPrivately, versionOf } from "./database.ts";
import { migrations } from "./migrations.ts";
import { bytes, string } from "./row.ts";
import { StoreTrouble } from "./trouble.ts";

/** What lies beside the database, by its path below the data directory. */
export type Files = ReadonlyMap<string, Uint8Array>;

/**
 * Writes a copy of the database `source`, which may be in use, and of `files` to the empty file `target`. The
 * copy is one moment's state, and is checked before the call resolves. Throws StoreTrouble.
 */
export async function backUp(source: string, target: string, files: Files): Promise<void> {
  const database = openPrivately(source);
  try {
    // All pages in one step: a copy in several would begin anew at each commit of the running server.
    await backup(database, target, { rate: 2 ** 31 - 1 });
  } finally {
    database.close();
  }
  const copy = openPrivately(target);
  try {
    copy.exec(
      "PRAGMA journal_mode = DELETE; CREATE TABLE backup_file (path TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT",
    );
    const insert = copy.prepare("INSERT INTO backup_file (path, content) VALUES (?, ?)");
    for (const [path, content] of files) insert.run(path, content);
    checkDatabase(copy, target);
  } finally {
    copy.close();
  }
}

/** The files that a backup holds beside the database. Throws StoreTrouble if it is no whole backup of ours. */
export function filesInBackup(path: string): Files {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true });
    checkDatabase(database, path);
    refuseNewer(database, path);
    const rows = database.prepare("SELECT path, content FROM backup_file").all();
    return new Map(rows.map((row) => [string(row, "path"), bytes(row, "content")]));
  } catch (error) {
    if (error instanceof StoreTrouble) throw error;
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

function refuseNewer(database: DatabaseSync, path: string): void {
  if (versionOf(database) <= migrations.length) return;
  throw new StoreTrouble(
    `The backup ${path} was made by a newer version of chat. Restore it with that version`,
  );
}
