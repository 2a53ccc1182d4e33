/** Opens the database file and brings it up to date. */
import { DatabaseSync } from "node:sqlite";
import { migrations } from "./migrations.ts";
import { StoreTrouble } from "./trouble.ts";

/** How long a statement waits for another process (an invite, a backup) before it gives up. It blocks the event loop meanwhile. */
const lockWaitMs = 250;

/**
 * Opens `path` (or `:memory:`), creating it if need be, with every commit synced to disk before it returns.
 * Throws StoreTrouble if it is no database of ours, is damaged, or was written by a newer version.
 */
export function openDatabase(path: string, steps: readonly string[] = migrations): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = openPrivately(path);
    refuseTheFuture(database, path, steps);
    prepare(database);
    upgrade(database, path, steps);
    return database;
  } catch (error) {
    if (database?.isOpen) database.close();
    throw error instanceof StoreTrouble ? error : explain(error, path);
  }
}

/** Opens a database that must be of today's format, since a server of another version may be running on it. Throws StoreTrouble. */
export function openAsItIs(path: string): DatabaseSync {
  const database = openPrivately(path);
  refuseTheFuture(database, path, migrations);
  const version = versionOf(database);
  if (version === migrations.length) return database;
  database.close();
  throw new StoreTrouble(
    `The database ${path} has the format of an older version of chat. Start the server with this version first: it brings it up to date`,
  );
}

/** Opens a database file that is readable by its owner alone, creating it if need be. */
export function openPrivately(path: string): DatabaseSync {
  // SQLite would make the file with the usual mode, and gives its own companions the mode of the file.
  if (path !== ":memory:") Deno.openSync(path, { create: true, write: true, mode: 0o600 }).close();
  return new DatabaseSync(path, { timeout: lockWaitMs, enableForeignKeyConstraints: true });
}

export function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    // A full disk has rolled back already, and then a second ROLLBACK would hide the cause.
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

/** Reads the whole database and throws StoreTrouble if it is damaged. */
export function checkDatabase(database: DatabaseSync, path: string): void {
  const result = database.prepare("PRAGMA integrity_check").get()?.integrity_check;
  if (result === "ok") return;
  throw new StoreTrouble(`The database ${path} is damaged (${result}). Use a backup of an earlier day`);
}

/** How many migrations a database has seen. */
export function versionOf(database: DatabaseSync): number {
  return Number(database.prepare("PRAGMA user_version").get()?.user_version);
}

function refuseTheFuture(database: DatabaseSync, path: string, steps: readonly string[]): void {
  const version = versionOf(database);
  if (version <= steps.length) return;
  throw new StoreTrouble(
    `The database ${path} was written by a newer version of chat (its format is ${version}, this program knows ` +
      `${steps.length}). Start that newer version; nothing was changed`,
  );
}

function prepare(database: DatabaseSync): void {
  // auto_vacuum takes effect only before the first table exists.
  database.exec(`
    PRAGMA auto_vacuum = INCREMENTAL;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA temp_store = MEMORY;
    PRAGMA secure_delete = ON;
  `);
}

/** Runs the migrations that are missing. A database that held something is copied first, and put back if one fails. */
function upgrade(database: DatabaseSync, path: string, steps: readonly string[]): void {
  const from = versionOf(database);
  if (from === steps.length) return;
  if (from === 0 || path === ":memory:") return migrate(database, steps);
  const copy = `${path}.format-${from}`;
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  Deno.copyFileSync(path, copy);
  try {
    migrate(database, steps);
  } catch (error) {
    database.close();
    putBack(copy, path);
    throw new StoreTrouble(
      `The database ${path} could not be brought to this version's format (${
        reasonOf(error)
      }). It was put back as it was: ` +
        `start the version of chat that you had before`,
      error,
    );
  }
}

function migrate(database: DatabaseSync, steps: readonly string[]): void {
  for (let version = versionOf(database); version < steps.length; version++) {
    inTransaction(database, () => {
      database.exec(steps[version] ?? "");
      database.exec(`PRAGMA user_version = ${version + 1}`);
    });
  }
}

function putBack(copy: string, path: string): void {
  Deno.copyFileSync(copy, `${path}.put-back`);
  for (const companion of ["-wal", "-shm"]) {
    try {
      Deno.removeSync(path + companion);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  Deno.renameSync(`${path}.put-back`, path);
}

function explain(error: unknown, path: string): StoreTrouble {
  const reason = reasonOf(error);
  if (/not a database|malformed/.test(reason)) {
    return new StoreTrouble(
      `The database ${path} is damaged (${reason}). Put it back from a backup, or move it away to start anew; nothing was changed`,
      error,
    );
  }
  if (/locked/.test(reason)) {
    return new StoreTrouble(
      `The database ${path} is in use by another program. Wait for that one, or stop it`,
      error,
    );
  }
  return new StoreTrouble(
    `The database ${path} cannot be opened (${reason}). Check that the disk has room and that this user may write there`,
    error,
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
