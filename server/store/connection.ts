/** A connection to a database file, and what can be said of any. */
import { DatabaseSync } from "node:sqlite";
import { NotCommitted, StoreTrouble } from "./trouble.ts";

/** How long a statement waits for another process (an invite, a backup) before it gives up. It blocks the event loop meanwhile. */
const lockWaitMs = 250;

/** Each try waits as long as a statement does. */
const logTriesMax = 10;

/** Opens a database file that is readable by its owner alone, creating it if need be. */
export function openPrivately(path: string, waitMs: number = lockWaitMs): DatabaseSync {
  // SQLite would make the file with the usual mode, and gives its own companions the mode of the file.
  if (path !== ":memory:") Deno.openSync(path, { create: true, write: true, mode: 0o600 }).close();
  const database = new DatabaseSync(path, { timeout: waitMs, enableForeignKeyConstraints: true });
  database.exec("PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON");
  return database;
}

/** Moves what the log holds into the database and empties the log, as soon as nobody reads from it; waits for that a while. */
export function emptyLog(database: DatabaseSync): void {
  for (let tries = 0; tries < logTriesMax; tries++) {
    if (database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get()?.busy === 0) return;
  }
}

/** The same without waiting for anybody: false if somebody reads from the log. */
export function tryEmptyLog(database: DatabaseSync): boolean {
  database.exec("PRAGMA busy_timeout = 0");
  try {
    return database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get()?.busy === 0;
  } finally {
    database.exec(`PRAGMA busy_timeout = ${lockWaitMs}`);
  }
}

/**
 * Does what does not wait for the disk: the next commit that does takes it along, and if the machine crashes before, all of
 * it is lost together. Throws NotCommitted.
 */
export function unhurriedly<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec("PRAGMA synchronous = NORMAL");
  try {
    return work();
  } catch (error) {
    throw new NotCommitted(error);
  } finally {
    database.exec("PRAGMA synchronous = FULL");
  }
}

/** Runs `work` whole or not at all. */
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

/** What went wrong, for a sentence. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
