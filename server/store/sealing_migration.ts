/** The migration that seals what was in clear: texts, topics and password hashes. */
import type { DatabaseSync } from "node:sqlite";
import type { Keyring, Place, RootKeys } from "../keyring/mod.ts";
import { keyringOn } from "./key_rows.ts";
import { placeOfPassword, placeOfText, placeOfTopic } from "./places.ts";
import { integer, optional, type Row, string } from "./row.ts";

/** Nothing in clear is dropped before everything sealed was opened again and found to be the same. */
export function sealWhatIsClear(database: DatabaseSync, rootKeys: RootKeys): void {
  database.exec(`
    CREATE TABLE key (
      scope   INTEGER NOT NULL,
      version INTEGER NOT NULL,
      root    TEXT    NOT NULL,
      wrapped BLOB    NOT NULL,
      retired INTEGER NOT NULL,
      PRIMARY KEY (scope, version)
    ) STRICT, WITHOUT ROWID;
  `);
  const keyring = keyringOn(database, rootKeys);
  keyring.ensureSecret();
  sealPasswords(database, keyring);
  sealTopics(database, keyring);
  sealTexts(database, keyring);
}

function sealPasswords(database: DatabaseSync, keyring: Keyring): void {
  database.exec(`
    CREATE TABLE credential (
      account_id INTEGER PRIMARY KEY REFERENCES account(id),
      password   BLOB    NOT NULL
    ) STRICT;
  `);
  const insert = database.prepare("INSERT INTO credential (account_id, password) VALUES (?, ?)");
  for (const row of database.prepare("SELECT id, password FROM account").all()) {
    const place = placeOfPassword(integer(row, "id"));
    insert.run(integer(row, "id"), sealAndProve(keyring, place, string(row, "password")));
  }
  database.exec("ALTER TABLE account DROP COLUMN password");
}

function sealTopics(database: DatabaseSync, keyring: Keyring): void {
  database.exec(`
    ALTER TABLE room RENAME COLUMN topic TO clear_topic;
    ALTER TABLE room ADD COLUMN topic BLOB;
  `);
  const update = database.prepare("UPDATE room SET topic = ? WHERE id = ?");
  for (
    const row of database.prepare("SELECT id, clear_topic FROM room WHERE clear_topic IS NOT NULL").all()
  ) {
    const place = placeOfTopic(integer(row, "id"));
    update.run(sealAndProve(keyring, place, string(row, "clear_topic")), integer(row, "id"));
  }
  database.exec("ALTER TABLE room DROP COLUMN clear_topic");
}

function sealTexts(database: DatabaseSync, keyring: Keyring): void {
  database.exec(`
    DROP INDEX event_by_nonce;
    ALTER TABLE event RENAME TO clear_event;
    CREATE TABLE event (
      room_id    INTEGER NOT NULL REFERENCES room(id),
      seq        INTEGER NOT NULL,
      type       TEXT    NOT NULL,
      account_id INTEGER NOT NULL REFERENCES account(id),
      time       INTEGER NOT NULL,
      text       BLOB,
      nonce      TEXT,
      PRIMARY KEY (room_id, seq)
    ) STRICT, WITHOUT ROWID;
  `);
  const columns = "room_id, seq, type, account_id, time, text, nonce";
  const insert = database.prepare(`INSERT INTO event (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  for (const row of database.prepare(`SELECT ${columns} FROM clear_event ORDER BY room_id, seq`).iterate()) {
    insert.run(
      integer(row, "room_id"),
      integer(row, "seq"),
      string(row, "type"),
      integer(row, "account_id"),
      integer(row, "time"),
      sealedTextOf(row, keyring),
      optional(string, row, "nonce") ?? null,
    );
  }
  checkNumber(database);
  database.exec(`
    DROP TABLE clear_event;
    CREATE INDEX event_by_nonce ON event(account_id, room_id, nonce) WHERE nonce IS NOT NULL;
  `);
}

/** Deno's `iterate` takes an error, such as a damaged table gives, for the end. */
function checkNumber(database: DatabaseSync): void {
  const counted = database.prepare(
    "SELECT (SELECT count(*) FROM clear_event) AS clear, (SELECT count(*) FROM event) AS sealed",
  ).get() ?? {};
  if (integer(counted, "clear") !== integer(counted, "sealed")) throw new Error("not all events can be read");
}

function sealedTextOf(row: Row, keyring: Keyring): Uint8Array | null {
  if (row.text === null) return null;
  const place = placeOfText(integer(row, "room_id"), integer(row, "seq"), integer(row, "account_id"));
  return sealAndProve(keyring, place, string(row, "text"));
}

function sealAndProve(keyring: Keyring, place: Place, text: string): Uint8Array {
  const sealed = keyring.seal(place, text);
  if (keyring.open(place, sealed) === text) return sealed;
  throw new Error("what was sealed does not open again");
}
