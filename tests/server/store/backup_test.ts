import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { KeyTrouble, Unreadable } from "../../../server/keyring/mod.ts";
import { migrations } from "../../../server/store/migrations.ts";
import {
  backUp,
  openBackup,
  openRotation,
  openStore,
  restoreDatabase,
  rootKeyPathBeside,
  StoreTrouble,
} from "../../../server/store/mod.ts";
import { withDirectory } from "../../kit/directory.ts";

const files = new Map([["keys/authority.key", new TextEncoder().encode("a private key")]]);

/** The paths of a database with one account, of its root key, and of a backup of it. */
async function withBackup(
  use: (path: string, rootKey: string, file: string) => void | Promise<void>,
): Promise<void> {
  await withDirectory(async (directory) => {
    const path = `${directory}/chat.db`, file = `${directory}/backup`;
    const store = openStore(path);
    const account = { id: 1, name: "ana", role: "owner" } as const;
    store.commit([{ kind: "account", account, password: "$hash", time: 1 }]);
    store.close();
    await backUp(path, rootKeyPathBeside(path), file, files);
    await use(path, rootKeyPathBeside(path), file);
  });
}

Deno.test("a backup's files are sealed, and come back by the root key", () =>
  withBackup((_path, rootKey, file) => {
    assert.ok(!new TextDecoder().decode(Deno.readFileSync(file)).includes("private key"));
    const content = openBackup(file, rootKey);
    assert.deepEqual([...content.files], [...files]);
    assert.deepEqual(content.rootKeys.map(({ text }) => `${text}\n`), [Deno.readTextFileSync(rootKey)]);
    assert.throws(() => openBackup(file, undefined), /opens with its server's root key only/);
    assert.throws(() => openBackup(file, `${rootKey}.none`), KeyTrouble);
  }));

Deno.test("a file that was exchanged or renamed in a backup is refused", () =>
  withBackup((_path, rootKey, file) => {
    for (const sql of ["SET path = 'leaf.pem'", "SET content = zeroblob(60)"]) {
      const copy = `${file} ${sql}`;
      Deno.copyFileSync(file, copy);
      const database = new DatabaseSync(copy);
      database.exec(`UPDATE backup_file ${sql}`);
      database.close();
      assert.throws(
        () => openBackup(copy, rootKey),
        (error) => error instanceof Unreadable && /the backup/.test(error.message),
      );
    }
  }));

Deno.test("while keys are rotated there is no backup that would need two root keys", () =>
  withBackup(async (path, rootKey, file) => {
    const store = openStore(path);
    const room = {
      id: 1,
      name: "ops",
      kind: "standard",
      access: "public",
      description: undefined,
      archived: false,
      retentionMs: undefined,
      held: false,
      creatorId: undefined,
    } as const;
    const rotation = openRotation(path, rootKey);
    rotation.start();
    store.commit([{ kind: "room", room: { ...room, topic: "what runs" }, time: 1 }]);
    await assert.rejects(backUp(path, rootKey, `${file}.2`, files), /keys are being rotated/);
    while (!rotation.step().done);
    rotation.close();
    store.close();
    await backUp(path, rootKey, `${file}.3`, files);
    assert.deepEqual([...openBackup(`${file}.3`, rootKey).files], [...files]);
  }));

Deno.test("a backup of the version before sealing needs no root key, and is sealed at its first start", () =>
  withDirectory(async (directory) => {
    const file = `${directory}/backup`, path = `${directory}/server/chat.db`;
    const old = new DatabaseSync(file);
    old.exec(`${migrations[0]}
      INSERT INTO account VALUES (1, 'ana', 'owner', '$hash', 1);
      CREATE TABLE backup_file (path TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT;
      INSERT INTO backup_file VALUES ('leaf.pem', x'00');
      PRAGMA user_version = 1`);
    old.close();
    const { files, rootKeys } = openBackup(file, undefined);
    assert.deepEqual([[...files], rootKeys], [[["leaf.pem", Uint8Array.of(0)]], []]);
    Deno.mkdirSync(`${directory}/server`);
    await restoreDatabase(file, path);
    const store = openStore(path);
    assert.equal(store.people.passwordOf(1), "$hash");
    store.close();
    assert.ok(!new TextDecoder().decode(Deno.readFileSync(path)).includes("$hash"));
  }));

Deno.test("a database of the version before sealing is not backed up in clear by this version", () =>
  withDirectory(async (directory) => {
    const path = `${directory}/chat.db`;
    const old = new DatabaseSync(path);
    old.exec(`${migrations[0]}; PRAGMA user_version = 1`);
    old.close();
    await assert.rejects(backUp(path, rootKeyPathBeside(path), `${directory}/b`, files), StoreTrouble);
  }));
