import assert from "node:assert/strict";
import { rootKeyFile } from "../../../server/keyring/mod.ts";
import { openDatabase } from "../../../server/store/database.ts";
import { migrations } from "../../../server/store/migrations.ts";
import { openStore, rootKeyPathBeside } from "../../../server/store/mod.ts";
import { withDirectory } from "../../kit/directory.ts";

Deno.test("rooms from before there were moderators have one: their maker, or whoever has been there longest", () =>
  withDirectory((directory) => {
    const path = `${directory}/chat.db`;
    const before = migrations.slice(0, 3);
    const { database } = openDatabase(path, rootKeyFile(rootKeyPathBeside(path)), before);
    database.exec(`
      INSERT INTO account (id, name, role, created)
      VALUES (1, 'ana', 'owner', 1), (2, 'ben', 'member', 1), (3, 'cleo', 'member', 1), (4, 'gil', 'guest', 1);
      INSERT INTO room (id, name, kind, access, creator, created)
      VALUES (1, 'general', 'standard', 'public', NULL, 1), (2, 'hers', 'standard', 'public', 1, 1),
             (3, 'left', 'standard', 'public', 1, 1), (4, 'empty', 'standard', 'public', 1, 1);
      INSERT INTO membership VALUES (1, 1, 0), (1, 2, 0), (2, 1, 3), (2, 2, 3), (3, 2, 9), (3, 3, 9), (3, 4, 9);
      INSERT INTO event (room_id, seq, type, account_id, time)
      VALUES (2, 1, 'joined', 1, 1), (2, 2, 'joined', 2, 1),
             (3, 1, 'joined', 4, 1), (3, 2, 'joined', 2, 1), (3, 3, 'joined', 3, 1), (3, 4, 'left', 2, 1),
             (3, 5, 'joined', 2, 1);
    `);
    database.close();
    const store = openStore(path);
    const found = store.rooms.memberships().map(({ roomId, accountId, since, standing }) =>
      `${roomId}: ${accountId} ${standing} since ${since}`
    );
    assert.deepEqual(found, [
      "1: 1 member since 0",
      "1: 2 member since 0",
      "2: 1 moderator since 1",
      "2: 2 member since 2",
      "3: 2 member since 5",
      "3: 3 moderator since 3",
      "3: 4 member since 1",
    ]);
    store.close();
  }));

Deno.test("what was said before there were threads is unread for whoever has not read it", () =>
  withDirectory((directory) => {
    const path = `${directory}/chat.db`;
    const before = migrations.slice(0, 3);
    const { database } = openDatabase(path, rootKeyFile(rootKeyPathBeside(path)), before);
    database.exec(`
      INSERT INTO account (id, name, role, created) VALUES (1, 'ana', 'owner', 1), (2, 'ben', 'member', 1);
      INSERT INTO room (id, name, kind, access, created) VALUES (1, 'general', 'standard', 'public', 1);
      INSERT INTO membership VALUES (1, 1, 1), (1, 2, 1);
      INSERT INTO event (room_id, seq, type, account_id, time, text)
      VALUES (1, 1, 'joined', 1, 1, NULL), (1, 2, 'message', 1, 1, x'00'), (1, 3, 'message', 2, 1, x'00');
    `);
    database.close();
    const store = openStore(path);
    assert.deepEqual(store.personal.unread(1, 9), [{ roomId: 1, unread: 1, mentions: 0 }]);
    assert.deepEqual(store.personal.unread(2, 9), [{ roomId: 1, unread: 1, mentions: 0 }]);
    store.close();
  }));
