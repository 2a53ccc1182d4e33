import assert from "node:assert/strict";
import { openDatabase } from "../../../server/store/database.ts";
import { migrations } from "../../../server/store/migrations.ts";
import { withDirectory } from "../../kit/directory.ts";

const count = "SELECT count(*) AS count FROM room";
const addRoom = "INSERT INTO room (name, kind, access, created) VALUES ('ops', 'standard', 'public', 1)";

Deno.test("an old database is copied before it is brought up to date", () =>
  withDirectory((directory) => {
    const path = `${directory}/chat.db`;
    openDatabase(path).close();
    const database = openDatabase(path, [...migrations, addRoom]);
    assert.equal(database.prepare(count).get()?.count, 1);
    database.close();
    const copy = openDatabase(`${path}.format-${migrations.length}`);
    assert.equal(copy.prepare(count).get()?.count, 0);
    copy.close();
  }));

Deno.test("a migration that fails puts the database back as it was, whatever earlier ones did", () =>
  withDirectory((directory) => {
    const path = `${directory}/chat.db`;
    openDatabase(path).close();
    assert.throws(
      () => openDatabase(path, [...migrations, addRoom, "this is no SQL"]),
      /could not be brought to this version's format.*put back as it was/,
    );
    const database = openDatabase(path);
    assert.equal(database.prepare(count).get()?.count, 0);
    database.close();
  }));
