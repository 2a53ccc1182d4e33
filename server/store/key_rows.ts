/** Reads and writes the wrapped data keys. */
import type { DatabaseSync } from "node:sqlite";
import { Keyring, type KeyRows, type RootKeys, type RotationRows, type WrappedKey } from "../keyring/mod.ts";
import { bytes, integer, type Row, string } from "./row.ts";

export function keyringOn(database: DatabaseSync, rootKeys: RootKeys): Keyring {
  return new Keyring(prepareKeyRows(database), rootKeys);
}

export function prepareKeyRows(database: DatabaseSync): KeyRows {
  const newest = database.prepare("SELECT * FROM key WHERE scope = ? ORDER BY version DESC LIMIT 1");
  const find = database.prepare("SELECT * FROM key WHERE scope = ? AND version = ?");
  const add = database.prepare(
    "INSERT INTO key (scope, version, root, wrapped, retired) VALUES (?, ?, ?, ?, ?)",
  );
  // It is another number after each commit of another connection.
  const generation = database.prepare("PRAGMA data_version");
  return {
    newest: (scope) => toKeyIfThere(newest.get(scope)),
    find: (scope, version) => toKeyIfThere(find.get(scope, version)),
    add: ({ scope, version, root, wrapped, retired }) =>
      add.run(scope, version, root, wrapped, Number(retired)),
    roots: () => rootsIn(database),
    generation: () => Number(generation.get()?.data_version),
  };
}

export function prepareRotation(database: DatabaseSync): RotationRows {
  const others = database.prepare("SELECT * FROM key WHERE root <> ? LIMIT ?");
  const replace = database.prepare(
    "UPDATE key SET root = ?, wrapped = ?, retired = ? WHERE scope = ? AND version = ?",
  );
  return {
    wrappedByOthers: (root, limit) => others.all(root, limit).map(toKey),
    replace: ({ scope, version, root, wrapped, retired }) =>
      replace.run(root, wrapped, Number(retired), scope, version),
  };
}

/** The ids of the root keys that wrap something. */
export function rootsIn(database: DatabaseSync): readonly string[] {
  return database.prepare("SELECT DISTINCT root FROM key").all().map((row) => string(row, "root"));
}

function toKeyIfThere(row: Row | undefined): WrappedKey | undefined {
  return row === undefined ? undefined : toKey(row);
}

function toKey(row: Row): WrappedKey {
  return {
    scope: integer(row, "scope"),
    version: integer(row, "version"),
    root: string(row, "root"),
    wrapped: bytes(row, "wrapped"),
    retired: integer(row, "retired") === 1,
  };
}
