import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { type RootKeys, rootKeysInMemory } from "../../../server/keyring/mod.ts";
import { openDatabase } from "../../../server/store/database.ts";
import { migrations } from "../../../server/store/migrations.ts";
import { StoreTrouble } from "../../../server/store/mod.ts";
import { modeOf, withDirectory } from "../../kit/directory.ts";

function open(path: string, rootKeys: RootKeys = rootKeysInMemory()): DatabaseSync {
  return openDatabase(path, rootKeys).database;
}

function pragma(database: DatabaseSync, name: string): unknown {
  return Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}

Deno.test("a database is private, durable and checks its references", () =>
  withDirectory((directory) => {
    const path = `${directory}/chat.db`;
    const database = open(path);
    database.exec(
      "INSERT INTO room (id, name, kind, access, created) VALUES (1, 'a', 'standard', 'public', 1)",
    );
    for (const file of [path, `${path}-wal`, `${path}-shm`]) assert.equal(modeOf(file), 0o600, file);
    assert.deepEqual(
      ["journal_mode", "synchronous", "foreign_keys", "secure_delete"].map((name) => pragma(database, name)),
      ["wal", 2, 1, 1],
    );
    assert.throws(
      () => database.exec("INSERT INTO membership (room_id, account_id, read) VALUES (1, 99, 0)"),
      /FOREIGN KEY/,
    );
    database.close();
  }));

Deno.test("the migrations run once, and what was stored is there at the next opening", () =>
  withDirectory((directory) => {
    const path = `${directory}/chat.db`;
    const rootKeys = rootKeysInMemory();
    const first = open(path, rootKeys);
    assert.equal(pragma(first, "user_version"), migrations.length);
    first.exec("INSERT INTO room (id, name, kind, access, created) VALUES (1, 'a', 'standard', 'public', 1)");
    first.close();
    const second = open(path, rootKeys);
    assert.equal(second.prepare("SELECT name FROM room").get()?.name, "a");
    second.close();
  }));

Deno.test("a database of a newer version is refused and left as it is", () =>
  withDirectory((directory) => {
    const path = `${directory}/chat.db`;
    open(path).close();
    const newer = new DatabaseSync(path);
    newer.exec(`PRAGMA user_version = ${migrations.length + 1}`);
    newer.close();
    const before = Deno.readFileSync(path);
    assert.throws(
      () => open(path),
      (error) =>
        error instanceof StoreTrouble && /newer version of chat.*nothing was changed/.test(error.message),
    );
    assert.deepEqual(Deno.readFileSync(path), before);
  }));

Deno.test("a file that is damaged or no database is named, and left as it is", () =>
  withDirectory((directory) => {
    const path = `${directory}/chat.db`;
    Deno.writeTextFileSync(path, "this is no database, and long enough to be sure of it ".repeat(20));
    const before = Deno.readFileSync(path);
    assert.throws(
      () => open(path),
      (error) =>
        error instanceof StoreTrouble && error.message.includes(path) && /is damaged/.test(error.message),
    );
    assert.deepEqual(Deno.readFileSync(path), before);
  }));

Deno.test("a place where no file can be is named with what to do", () =>
  withDirectory((directory) => {
    assert.throws(
      () => open(`${directory}/nowhere/chat.db`),
      (error) =>
        error instanceof StoreTrouble && /cannot be opened.*Check that the disk has room/.test(error.message),
    );
  }));
