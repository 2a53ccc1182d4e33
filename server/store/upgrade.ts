/** Brings a database of an earlier version to today's format. */
import type { DatabaseSync } from "node:sqlite";
import { exists } from "../../shared/files/mod.ts";
import type { RootKeys } from "../keyring/mod.ts";
import { checkDatabase, emptyLog, inTransaction, reasonOf, versionOf } from "./connection.ts";
import { lastClearFormat, type Migration } from "./migrations.ts";
import { StoreTrouble } from "./trouble.ts";

/** Runs the migrations that are missing. A database that held something is copied first, and put back if one fails. */
export function upgrade(
  database: DatabaseSync,
  path: string,
  rootKeys: RootKeys,
  steps: readonly Migration[],
): void {
  const from = versionOf(database);
  if (from === steps.length) return;
  if (from === 0 || path === ":memory:") return migrate(database, rootKeys, steps);
  const copy = copyOf(path, from);
  emptyLog(database);
  Deno.copyFileSync(path, copy);
  try {
    migrate(database, rootKeys, steps);
  } catch (error) {
    database.close();
    putBack(copy, path);
    throw new StoreTrouble(
      `The database ${path} could not be brought to this version's format (${reasonOf(error)}). ` +
        `It was put back as it was: start the version of chat that you had before`,
      error,
    );
  }
}

/**
 * Takes the copy away that was made before texts were sealed: it holds them in clear. What was sealed has been opened
 * again by then, and the file is checked. It is also done at a later start if the first was interrupted.
 */
export function removeClearCopy(database: DatabaseSync, path: string): void {
  const copy = copyOf(path, lastClearFormat);
  if (path === ":memory:" || !exists(copy)) return;
  // Pages that became free are zeros already (secure_delete): they are given back, and the log is emptied.
  database.prepare("PRAGMA incremental_vacuum").all();
  emptyLog(database);
  checkDatabase(database, path);
  Deno.removeSync(copy);
}

function copyOf(path: string, version: number): string {
  return `${path}.format-${version}`;
}

function migrate(database: DatabaseSync, rootKeys: RootKeys, steps: readonly Migration[]): void {
  for (let version = versionOf(database); version < steps.length; version++) {
    inTransaction(database, () => {
      const step = steps[version] ?? "";
      if (typeof step === "string") database.exec(step);
      else step(database, rootKeys);
      database.exec(`PRAGMA user_version = ${version + 1}`);
    });
  }
}

function putBack(copy: string, path: string): void {
  for (const companion of ["-wal", "-shm"]) {
    try {
      Deno.removeSync(path + companion);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  // Takes no room, which may be what was missing.
  Deno.renameSync(copy, path);
}
