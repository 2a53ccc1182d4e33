import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { rootKeyFile } from "../../../server/keyring/mod.ts";
import { openDatabase } from "../../../server/store/database.ts";
import { type Migration, migrations } from "../../../server/store/migrations.ts";
import { openStore, openStoreBeside, rootKeyPathBeside } from "../../../server/store/mod.ts";
import { withDirectory } from "../../kit/directory.ts";
import { TestHub } from "../../kit/hub.ts";

const count = "SELECT count(*) AS count FROM room";
const addRoom = "INSERT INTO room (name, kind, access, created) VALUES ('ops', 'standard', 'public', 1)";

function open(path: string, steps: readonly Migration[] = migrations): DatabaseSync {
  return openDatabase(path, rootKeyFile(rootKeyPathBeside(path)), steps).database;
}

Deno.test("an old database is copied before it is brought up to date", () =>
  withDirectory((directory) => {
    const path = `${directory}/chat.db`;
    open(path).close();
    const database = open(path, [...migrations, addRoom]);
    assert.equal(database.prepare(count).get()?.count, 1);
    database.close();
    const copy = new DatabaseSync(`${path}.format-${migrations.length}`);
    assert.equal(copy.prepare(count).get()?.count, 0);
    copy.close();
  }));

Deno.test("a migration that fails puts the database back as it was, whatever earlier ones did", () =>
  withDirectory((directory) => {
    const path = `${directory}/chat.db`;
    open(path).close();
    assert.throws(
      () => open(path, [...migrations, addRoom, "this is no SQL"]),
      /could not be brought to this version's format.*put back as it was/,
    );
    assert.deepEqual([...Deno.readDirSync(directory)].map(({ name }) => name).sort(), ["chat.db", "keys"]);
    const database = open(path);
    assert.equal(database.prepare(count).get()?.count, 0);
    database.close();
  }));

const secretText = "canary-of-a-message", secretTopic = "canary-of-a-topic", secretHash = "$canary-of-a-hash";
const messages = 500;

/** For what the old database holds to be good still. */
const later = Date.UTC(2100, 0, 1);

/** A database as the version before sealing left it: with texts in clear, some of them in its log and in free pages. */
function makeClearDatabase(path: string): void {
  const database = new DatabaseSync(path);
  database.exec(`
    PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON;
    ${migrations[0]}
    INSERT INTO account VALUES (1, 'ana', 'owner', '${secretHash}', 1), (2, 'bo', 'member', '${secretHash} 2', 1);
    INSERT INTO login VALUES ('lead', 1, x'${hashOf("lead.current")}', x'${
    hashOf("lead.next")
  }', 1, ${later});
    INSERT INTO invite VALUES (x'${hashOf("invite")}', 'member', 1, ${later});
    INSERT INTO room VALUES (1, 'general', 'standard', 'public', NULL, NULL, 1),
                            (2, 'ops', 'standard', 'private', '${secretTopic}', 1, 1);
    INSERT INTO event VALUES (2, 1, 'joined', 1, 1, NULL, NULL);
    PRAGMA user_version = 1;
  `);
  const insert = database.prepare("INSERT INTO event VALUES (2, ?, 'message', 1, 1, ?, ?)");
  for (let seq = 2; seq <= messages; seq++) insert.run(seq, `${secretText} ${seq} 🎈`.repeat(5), `n${seq}`);
  // It ends like a process that was killed: the log stays behind.
  Deno.copyFileSync(path, `${path}.killed`);
  Deno.copyFileSync(`${path}-wal`, `${path}.killed-wal`);
  database.close();
  Deno.renameSync(`${path}.killed`, path);
  Deno.renameSync(`${path}.killed-wal`, `${path}-wal`);
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

function freePagesOf(path: string): unknown {
  const database = new DatabaseSync(path);
  const pages = database.prepare("PRAGMA freelist_count").get()?.freelist_count;
  database.close();
  return pages;
}

function leaks(directory: string): string[] {
  const names = [...Deno.readDirSync(directory)].filter(({ isFile }) => isFile).map(({ name }) => name);
  return names.filter((name) =>
    new TextDecoder().decode(Deno.readFileSync(`${directory}/${name}`)).includes("canary")
  );
}

Deno.test("a database of the version before sealing is sealed whole: nothing is lost, and nothing in clear stays", () =>
  withDirectory((directory) => {
    const path = `${directory}/chat.db`;
    makeClearDatabase(path);
    const store = openStore(path);
    assert.ok(store.wasClear);
    assert.equal(leaks(directory).join(), "");
    assert.equal(freePagesOf(path), 0);
    assert.deepEqual(store.rooms.rooms().map(({ name, topic, seq }) => [name, topic, seq]), [
      ["general", undefined, 0],
      ["ops", secretTopic, messages],
    ]);
    assert.deepEqual([1, 2].map((id) => store.people.passwordOf(id)), [secretHash, `${secretHash} 2`]);
    const [join, ...said] = store.events.after(2, 0, messages + 1);
    assert.deepEqual([join?.type, join?.text], ["joined", undefined]);
    assert.deepEqual(
      said.map(({ text }) => text),
      Array.from({ length: messages - 1 }, (_, at) => `${secretText} ${at + 2} 🎈`.repeat(5)),
    );
    assert.equal(store.events.withNonce(1, 2, "n7", 0)?.seq, 7);
    store.close();
    assert.equal(leaks(directory).join(), "");
  }));

Deno.test("tokens and invites of the version before sealing are good as before, and what begins tokens is stored no more", () =>
  withDirectory(async (directory) => {
    const path = `${directory}/chat.db`;
    makeClearDatabase(path);
    const store = openStore(path);
    assert.equal(store.people.login("lead"), undefined);
    const bench = new TestHub({ registration: "invite" }, store);
    assert.equal((await bench.comeBack("lead.next")).welcome.user.username, "ana");
    assert.equal((await bench.newcomer("cleo", "invite")).welcome.user.role, "member");
    store.close();
  }));

Deno.test("a copy in clear that an interrupted upgrade left behind is taken away at the next start", () =>
  withDirectory((directory) => {
    const path = `${directory}/chat.db`;
    makeClearDatabase(path);
    openStore(path).close();
    Deno.writeTextFileSync(`${path}.format-1`, "canary");
    openStore(path).close();
    assert.equal(leaks(directory).join(), "");
  }));

Deno.test("a database of the version before sealing that cannot be sealed is put back as it was", () =>
  withDirectory((directory) => {
    const path = `${directory}/chat.db`;
    makeClearDatabase(path);
    assert.throws(() => open(path, [...migrations, "this is no SQL"]), /put back as it was/);
    const database = new DatabaseSync(path);
    assert.equal(database.prepare("SELECT count(*) AS count FROM event").get()?.count, messages);
    assert.equal(database.prepare("PRAGMA user_version").get()?.user_version, 1);
    database.close();
    assert.throws(() => openStoreBeside(path), /format of an older version/);
  }));
