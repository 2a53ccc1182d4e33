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
