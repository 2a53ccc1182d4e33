/**
 * The steps that lead from an empty database to today's. Each runs once, in order, in a transaction of its own;
 * none is ever edited after a release. The database's `user_version` counts those that have run.
 */
export const migrations: readonly string[] = [
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
];
