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
export function openDatabase(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    if (path !== ":memory:") makePrivate(path);
    database = new DatabaseSync(path, { timeout: lockWaitMs, enableForeignKeyConstraints: true });
    refuseTheFuture(database, path);
    prepare(database);
    migrate(database);
    return database;
  } catch (error) {
    database?.close();
    throw error instanceof StoreTrouble ? error : explain(error, path);
  }
}

/** SQLite would make the file with the usual mode, and gives its own companions the mode of the file. */
function makePrivate(path: string): void {
  Deno.openSync(path, { create: true, write: true, mode: 0o600 }).close();
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

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare("PRAGMA user_version").get()?.user_version);
}

function refuseTheFuture(database: DatabaseSync, path: string): void {
  const version = versionOf(database);
  if (version <= migrations.length) return;
  throw new StoreTrouble(
    `The database ${path} was written by a newer version of chat (its format is ${version}, this program knows ` +
      `${migrations.length}). Start that newer version; nothing was changed.`,
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

function migrate(database: DatabaseSync): void {
  for (let version = versionOf(database); version < migrations.length; version++) {
    inTransaction(database, () => {
      database.exec(migrations[version] ?? "");
      database.exec(`PRAGMA user_version = ${version + 1}`);
    });
  }
}

function explain(error: unknown, path: string): StoreTrouble {
  const reason = error instanceof Error ? error.message : String(error);
  if (/not a database|malformed/.test(reason)) {
    return new StoreTrouble(
      `The database ${path} is damaged (${reason}). Put it back from a backup, or move it away to start anew; nothing was changed.`,
      error,
    );
  }
  return new StoreTrouble(
    `The database ${path} cannot be opened (${reason}). Check that the disk has room and that this user may write there.`,
    error,
  );
}
