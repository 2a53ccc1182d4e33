/** Opens the database file, with its root key, and brings it up to date. */
import type { DatabaseSync } from "node:sqlite";
import { Trouble } from "../../shared/trouble/mod.ts";
import { type Keyring, makeRootKey, type RootKeys } from "../keyring/mod.ts";
import { openPrivately, reasonOf, versionOf } from "./connection.ts";
import { keyringOn } from "./key_rows.ts";
import { lastClearFormat, type Migration, migrations } from "./migrations.ts";
import { StoreTrouble } from "./trouble.ts";
import { removeClearCopy, upgrade } from "./upgrade.ts";

export interface OpenDatabase {
  readonly database: DatabaseSync;
  readonly keyring: Keyring;
  /** Whether this opening has sealed what an earlier version had stored in clear. */
  readonly wasClear: boolean;
}

/**
 * Opens `path` (or `:memory:`), creating it if need be, with every commit synced to disk before it returns. A new one
 * gets a root key, if there is none yet. Throws StoreTrouble if it is no database of ours, is damaged, or was written
 * by a newer version, and KeyTrouble if the root key is missing or another one; then nothing was changed.
 */
export function openDatabase(
  path: string,
  rootKeys: RootKeys,
  steps: readonly Migration[] = migrations,
): OpenDatabase {
  let database: DatabaseSync | undefined;
  try {
    database = openPrivately(path);
    refuseTheFuture(database, path, steps);
    ensureRootKey(database, rootKeys);
    const before = versionOf(database);
    prepare(database);
    upgrade(database, path, rootKeys, steps);
    removeClearCopy(database, path);
    const keyring = keyringOn(database, rootKeys);
    keyring.check();
    return { database, keyring, wasClear: before > 0 && before <= lastClearFormat };
  } catch (error) {
    if (database?.isOpen) database.close();
    throw error instanceof Trouble ? error : explain(error, path);
  }
}

/**
 * Opens a database that must be of today's format, since a server of another version may be running on it. The root
 * key is not asked for before something sealed is touched. Throws StoreTrouble.
 */
export function openAsItIs(path: string, rootKeys: RootKeys, waitMs?: number): OpenDatabase {
  const database = openPrivately(path, waitMs);
  try {
    refuseTheFuture(database, path, migrations);
    refuseThePast(database, path);
    return { database, keyring: keyringOn(database, rootKeys), wasClear: false };
  } catch (error) {
    database.close();
    throw error;
  }
}

function refuseTheFuture(database: DatabaseSync, path: string, steps: readonly Migration[]): void {
  const version = versionOf(database);
  if (version <= steps.length) return;
  throw new StoreTrouble(
    `The database ${path} was written by a newer version of chat (its format is ${version}, this program knows ` +
      `${steps.length}). Start that newer version; nothing was changed`,
  );
}

function refuseThePast(database: DatabaseSync, path: string): void {
  if (versionOf(database) === migrations.length) return;
  throw new StoreTrouble(
    `The database ${path} has the format of an older version of chat. Start the server with this version first: it brings it up to date`,
  );
}

/** A database that has keys needs the root key that wraps them: another one would be of no use to it. */
function ensureRootKey(database: DatabaseSync, rootKeys: RootKeys): void {
  if (versionOf(database) > lastClearFormat) return keyringOn(database, rootKeys).check();
  if (rootKeys.read().length === 0) rootKeys.write([makeRootKey()]);
}

function prepare(database: DatabaseSync): void {
  // auto_vacuum takes effect only before the first table exists.
  database.exec(`
    PRAGMA auto_vacuum = INCREMENTAL;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
  `);
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
