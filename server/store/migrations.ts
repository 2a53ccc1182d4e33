import type { DatabaseSync } from "node:sqlite";
import type { RootKeys } from "../keyring/mod.ts";
import { hashLoginIds } from "./login_ids_migration.ts";
import { sealWhatIsClear } from "./sealing_migration.ts";

/** SQL, or what takes more than SQL. */
export type Migration = string | ((database: DatabaseSync, rootKeys: RootKeys) => void);

/** The last format in which texts, topics and password hashes are in clear; later ones have the table `key`. */
export const lastClearFormat = 1;

/**
 * The steps that lead from an empty database to today's. Each runs once, in order, in a transaction of its own;
 * none is ever edited after a release. The database's `user_version` counts those that have run.
 */
export const migrations: readonly Migration[] = [
  `
  CREATE TABLE account (
    id       INTEGER PRIMARY KEY,
    name     TEXT    NOT NULL UNIQUE,
    role     TEXT    NOT NULL,
    password TEXT    NOT NULL,
    created  INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE login (
    id         TEXT    PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account(id),
    current    BLOB,
    next       BLOB    NOT NULL,
    created    INTEGER NOT NULL,
    used       INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX login_by_account ON login(account_id);

  CREATE TABLE invite (
    hash      BLOB    PRIMARY KEY,
    role      TEXT    NOT NULL,
    uses_left INTEGER NOT NULL,
    expires   INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE room (
    id      INTEGER PRIMARY KEY,
    name    TEXT    NOT NULL UNIQUE,
    kind    TEXT    NOT NULL,
    access  TEXT    NOT NULL,
    topic   TEXT,
    creator INTEGER REFERENCES account(id),
    created INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE membership (
    room_id    INTEGER NOT NULL REFERENCES room(id),
    account_id INTEGER NOT NULL REFERENCES account(id),
    read       INTEGER NOT NULL,
    PRIMARY KEY (room_id, account_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX membership_by_account ON membership(account_id);

  CREATE TABLE event (
    room_id    INTEGER NOT NULL REFERENCES room(id),
    seq        INTEGER NOT NULL,
    type       TEXT    NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account(id),
    time       INTEGER NOT NULL,
    text       TEXT,
    nonce      TEXT,
    PRIMARY KEY (room_id, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX event_by_nonce ON event(account_id, room_id, nonce) WHERE nonce IS NOT NULL;
  `,
  sealWhatIsClear,
  protectAccounts,
  `
  ALTER TABLE event ADD COLUMN target INTEGER;
  ALTER TABLE event ADD COLUMN thread INTEGER;
  ALTER TABLE event ADD COLUMN quote INTEGER;
  ALTER TABLE event ADD COLUMN reaction INTEGER;
  ALTER TABLE event ADD COLUMN subject_id INTEGER REFERENCES account(id);
  ALTER TABLE event ADD COLUMN calls TEXT;
  ALTER TABLE event ADD COLUMN edited INTEGER;
  ALTER TABLE event ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX event_reaction ON event(room_id, target, seq) WHERE type = 'reacted' AND text IS NOT NULL;
  CREATE INDEX event_by_thread ON event(room_id, thread, seq) WHERE thread IS NOT NULL;
  CREATE INDEX event_pinned ON event(room_id, seq) WHERE pinned = 1;

  CREATE TABLE said (
    room_id    INTEGER NOT NULL,
    thread     INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    PRIMARY KEY (room_id, thread, seq)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO said (room_id, thread, seq, account_id)
    SELECT room_id, 0, seq, account_id FROM event WHERE type = 'message' AND text IS NOT NULL;

  CREATE TABLE revision (
    room_id INTEGER NOT NULL,
    seq     INTEGER NOT NULL,
    number  INTEGER NOT NULL,
    time    INTEGER NOT NULL,
    text    BLOB    NOT NULL,
    PRIMARY KEY (room_id, seq, number)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE mention (
    account_id INTEGER NOT NULL REFERENCES account(id),
    number     INTEGER NOT NULL,
    room_id    INTEGER NOT NULL REFERENCES room(id),
    seq        INTEGER NOT NULL,
    named      INTEGER NOT NULL,
    reply      INTEGER NOT NULL,
    PRIMARY KEY (account_id, number)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX mention_by_message ON mention(room_id, seq, account_id);
  CREATE INDEX mention_by_name ON mention(room_id, seq, account_id) WHERE named = 1;
  CREATE INDEX mention_counted ON mention(account_id, room_id, seq) WHERE reply = 0;

  CREATE TABLE thread_mark (
    account_id INTEGER NOT NULL REFERENCES account(id),
    room_id    INTEGER NOT NULL REFERENCES room(id),
    seq        INTEGER NOT NULL,
    following  INTEGER,
    read       INTEGER NOT NULL,
    PRIMARY KEY (account_id, room_id, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX thread_mark_by_thread ON thread_mark(room_id, seq) WHERE following = 1;

  CREATE TABLE draft (
    account_id INTEGER NOT NULL REFERENCES account(id),
    room_id    INTEGER NOT NULL REFERENCES room(id),
    thread     INTEGER NOT NULL,
    time       INTEGER NOT NULL,
    text       BLOB    NOT NULL,
    PRIMARY KEY (account_id, room_id, thread)
  ) STRICT, WITHOUT ROWID;

  ALTER TABLE membership ADD COLUMN standing TEXT NOT NULL DEFAULT 'member';
  ALTER TABLE membership ADD COLUMN level TEXT NOT NULL DEFAULT 'all';
  ALTER TABLE membership ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
  UPDATE membership SET since = joined.seq
    FROM (SELECT room_id, account_id, max(seq) AS seq FROM event WHERE type = 'joined' GROUP BY room_id, account_id) AS joined
   WHERE joined.room_id = membership.room_id AND joined.account_id = membership.account_id;
  UPDATE membership SET standing = 'moderator'
   WHERE (room_id, account_id) IN (
     SELECT room_id, account_id FROM (
       SELECT room_id, account_id, row_number() OVER (
                PARTITION BY room_id ORDER BY account_id <> creator, role = 'guest', since, account_id) AS place
         FROM membership JOIN room ON room.id = room_id JOIN account ON account.id = account_id
        WHERE creator IS NOT NULL)
      WHERE place = 1);
  CREATE TABLE ban (
    room_id    INTEGER NOT NULL REFERENCES room(id),
    account_id INTEGER NOT NULL REFERENCES account(id),
    PRIMARY KEY (room_id, account_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE mute (
    room_id    INTEGER NOT NULL REFERENCES room(id),
    account_id INTEGER NOT NULL REFERENCES account(id),
    issuer     INTEGER NOT NULL REFERENCES account(id),
    PRIMARY KEY (room_id, account_id)
  ) STRICT, WITHOUT ROWID;

  ALTER TABLE room ADD COLUMN description BLOB;
  ALTER TABLE room ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE account ADD COLUMN profile BLOB;
  ALTER TABLE account ADD COLUMN busy INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE account ADD COLUMN deactivated INTEGER NOT NULL DEFAULT 0;
  `,
  `
  ALTER TABLE event ADD COLUMN number INTEGER;
  UPDATE event SET number = counted.number
    FROM (SELECT room_id, seq, row_number() OVER (ORDER BY time, room_id, seq) AS number
            FROM event WHERE type = 'message' AND text IS NOT NULL) AS counted
   WHERE counted.room_id = event.room_id AND counted.seq = event.seq;
  CREATE UNIQUE INDEX event_by_number ON event(number) WHERE number IS NOT NULL;

  CREATE VIRTUAL TABLE search USING fts5(tokens, content = '', columnsize = 0, detail = none, tokenize = 'ascii');
  INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
  INSERT INTO search (search, rank) VALUES ('automerge', 0);
  INSERT INTO search (search, rank) VALUES ('crisismerge', 64);

  CREATE TABLE search_position (number INTEGER NOT NULL) STRICT;
  INSERT INTO search_position (number) VALUES (0);

  CREATE TABLE search_hour (
    hour  INTEGER PRIMARY KEY,
    first INTEGER NOT NULL,
    last  INTEGER NOT NULL
  ) STRICT;
  `,
  `
  ALTER TABLE room ADD COLUMN retention INTEGER;
  ALTER TABLE room ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE event ADD COLUMN expires INTEGER;
  ALTER TABLE event ADD COLUMN targets TEXT;
  CREATE INDEX event_expiring ON event(room_id, expires) WHERE expires IS NOT NULL;
  -- How many messages were taken out of the index, and how many of them before it was last put in order.
  ALTER TABLE search_position ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE search_position ADD COLUMN packed INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX event_by_age ON event(room_id, time) WHERE type = 'message' AND text IS NOT NULL;

  CREATE TABLE upload (
    id         TEXT    PRIMARY KEY,
    room_id    INTEGER NOT NULL REFERENCES room(id),
    account_id INTEGER NOT NULL REFERENCES account(id),
    size       INTEGER NOT NULL,
    time       INTEGER NOT NULL,
    details    BLOB    NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX upload_by_account ON upload(account_id);

  CREATE TABLE content (
    place   TEXT    PRIMARY KEY,
    room_id INTEGER NOT NULL REFERENCES room(id),
    mark    BLOB    NOT NULL,
    size    INTEGER NOT NULL,
    details BLOB    NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX content_by_mark ON content(room_id, mark);
  CREATE INDEX content_size ON content(size);

  CREATE TABLE file (
    id         TEXT    PRIMARY KEY,
    place      TEXT    NOT NULL REFERENCES content(place),
    room_id    INTEGER NOT NULL REFERENCES room(id),
    account_id INTEGER NOT NULL REFERENCES account(id),
    time       INTEGER NOT NULL,
    seq        INTEGER,
    number     INTEGER,
    details    BLOB    NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX file_by_message ON file(room_id, seq) WHERE seq IS NOT NULL;
  CREATE INDEX file_by_content ON file(place);
  CREATE INDEX file_unsent ON file(account_id) WHERE seq IS NULL;

  -- Bytes on the disk that belong to no row any more, until they are gone.
  CREATE TABLE discarded (place TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  
  ALTER TABLE login ADD COLUMN fixed INTEGER NOT NULL DEFAULT 0;

  CREATE TABLE bot (
    account_id INTEGER PRIMARY KEY REFERENCES account(id),
    scopes     TEXT NOT NULL
  ) STRICT;
  CREATE TABLE bot_offer (
    name   TEXT PRIMARY KEY,
    scopes TEXT NOT NULL,
    login  TEXT NOT NULL,
    token  BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
];

/** Second factors, devices, reset links, what owners demand, and failed logins. */
function protectAccounts(database: DatabaseSync): void {
  database.exec(`
    CREATE TABLE second_factor (
      account_id INTEGER PRIMARY KEY REFERENCES account(id),
      secret     BLOB    NOT NULL,
      confirmed  INTEGER NOT NULL,
      last_step  INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE recovery_code (
      account_id INTEGER NOT NULL REFERENCES account(id),
      hash       BLOB    NOT NULL,
      PRIMARY KEY (account_id, hash)
    ) STRICT, WITHOUT ROWID;

    ALTER TABLE login ADD COLUMN name TEXT;
    ALTER TABLE login ADD COLUMN ended TEXT;
    CREATE INDEX live_login_by_account ON login(account_id) WHERE ended IS NULL;

    CREATE TABLE reset (
      hash            BLOB    PRIMARY KEY,
      account_id      INTEGER NOT NULL REFERENCES account(id),
      expires         INTEGER NOT NULL,
      ends_two_factor INTEGER NOT NULL,
      issuer          INTEGER REFERENCES account(id)
    ) STRICT, WITHOUT ROWID;
    ALTER TABLE invite ADD COLUMN issuer INTEGER REFERENCES account(id);

    CREATE TABLE policy (
      name  TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE failures (
      key   BLOB    PRIMARY KEY,
      count INTEGER NOT NULL,
      time  INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `);
  hashLoginIds(database);
}
