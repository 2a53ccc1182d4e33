/** Carries out changes: one statement a kind. */
import type { DatabaseSync } from "node:sqlite";
import type { Keyring, Place } from "../keyring/mod.ts";
import type { Change, ChangeKind } from "./change.ts";
import { inTransaction } from "./connection.ts";
import { placeOfPassword, placeOfSecret, placeOfText, placeOfTopic } from "./places.ts";
import { NotCommitted } from "./trouble.ts";

type Executors = { readonly [K in ChangeKind]: (change: Extract<Change, { kind: K }>) => void };

/**
 * Returns the function that stores a batch in one transaction: when it returns, everything is on disk; when it throws
 * NotCommitted, nothing was changed.
 */
export function prepareCommit(database: DatabaseSync, keyring: Keyring): (batch: readonly Change[]) => void {
  const executors = prepareExecutors(database, keyring);
  return (batch) => {
    try {
      inTransaction(database, () => {
        keyring.refresh();
        for (const change of batch) execute(executors, change);
      });
    } catch (error) {
      keyring.forget();
      throw isBug(error) ? error : new NotCommitted(error);
    }
  };
}

/** What breaks the schema's rules was decided wrongly: memory and disk disagree, and nothing may go on. */
function isBug(error: unknown): boolean {
  return error instanceof Error && /constraint|datatype mismatch|cannot store/.test(error.message);
}

function execute<K extends ChangeKind>(executors: Executors, change: Extract<Change, { kind: K }>): void {
  const executor: (change: Extract<Change, { kind: K }>) => void = executors[change.kind as K];
  executor(change);
}

function prepareExecutors(database: DatabaseSync, keyring: Keyring): Executors {
  const event = database.prepare(
    "INSERT INTO event (room_id, seq, type, account_id, time, text, nonce) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const room = database.prepare(
    "INSERT INTO room (id, name, kind, access, topic, creator, created) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const member = database.prepare("INSERT INTO membership (room_id, account_id, read) VALUES (?, ?, ?)");
  const noMember = database.prepare("DELETE FROM membership WHERE room_id = ? AND account_id = ?");
  const read = database.prepare("UPDATE membership SET read = ? WHERE room_id = ? AND account_id = ?");
  const account = database.prepare("INSERT INTO account (id, name, role, created) VALUES (?, ?, ?, ?)");
  const password = database.prepare(
    `INSERT INTO credential (account_id, password) VALUES (?1, ?2)
     ON CONFLICT (account_id) DO UPDATE SET password = ?2`,
  );
  const role = database.prepare("UPDATE account SET role = ? WHERE id = ?");
  const login = database.prepare(
    `INSERT INTO login (id, account_id, name, created, current, next, used, ended) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
     ON CONFLICT (id) DO UPDATE SET name = ?3, current = ?5, next = ?6, used = ?7, ended = ?8`,
  );
  const loginSeen = database.prepare("UPDATE login SET used = ? WHERE id = ?");
  const loginEnded = database.prepare("UPDATE login SET ended = ? WHERE id = ?");
  const secondFactor = database.prepare(
    `INSERT INTO second_factor (account_id, secret, confirmed, last_step) VALUES (?1, ?2, ?3, ?4)
     ON CONFLICT (account_id) DO UPDATE SET secret = ?2, confirmed = ?3, last_step = ?4`,
  );
  const noSecondFactor = database.prepare("DELETE FROM second_factor WHERE account_id = ?");
  const recoveryCode = database.prepare("INSERT INTO recovery_code (account_id, hash) VALUES (?, ?)");
  const noRecoveryCodes = database.prepare("DELETE FROM recovery_code WHERE account_id = ?");
  const recoveryCodeUsed = database.prepare("DELETE FROM recovery_code WHERE account_id = ? AND hash = ?");
  const reset = database.prepare(
    "INSERT INTO reset (hash, account_id, expires, ends_two_factor, issuer) VALUES (?, ?, ?, ?, ?)",
  );
  const noResets = database.prepare("DELETE FROM reset WHERE account_id = ?");
  const oldResets = database.prepare("DELETE FROM reset WHERE expires < ?");
  const issuedResets = database.prepare("DELETE FROM reset WHERE issuer = ?");
  const issuedInvites = database.prepare("DELETE FROM invite WHERE issuer = ?");
  const policy = database.prepare(
    "INSERT INTO policy (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2",
  );
  const failures = database.prepare(
    `INSERT INTO failures (key, count, time) VALUES (?1, ?2, ?3)
     ON CONFLICT (key) DO UPDATE SET count = ?2, time = ?3`,
  );
  const noFailures = database.prepare("DELETE FROM failures WHERE key = ?");
  const oldLogins = database.prepare("DELETE FROM login WHERE used < ?");
  const oldInvites = database.prepare("DELETE FROM invite WHERE expires < ? OR uses_left = 0");
  const invite = database.prepare(
    "INSERT INTO invite (hash, role, uses_left, expires, issuer) VALUES (?, ?, ?, ?, ?)",
  );
  const inviteUsed = database.prepare("UPDATE invite SET uses_left = uses_left - 1 WHERE hash = ?");
  const seal = (place: Place, text: string | undefined) =>
    text === undefined ? null : keyring.seal(place, text);
  return {
    event: ({ roomId, event: { seq, type, accountId, time, text }, nonce }) => {
      const sealed = seal(placeOfText(roomId, seq, accountId), text);
      event.run(roomId, seq, type, accountId, time, sealed, nonce ?? null);
    },
    room: ({ room: { id, name, kind, access, topic, creatorId }, time }) =>
      room.run(id, name, kind, access, seal(placeOfTopic(id), topic), creatorId ?? null, time),
    member: ({ roomId, accountId, read }) => member.run(roomId, accountId, read),
    no_member: ({ roomId, accountId }) => noMember.run(roomId, accountId),
    read: ({ roomId, accountId, seq }) => read.run(seq, roomId, accountId),
    account: ({ account: row, password: hash, time }) => {
      account.run(row.id, row.name, row.role, time);
      password.run(row.id, seal(placeOfPassword(row.id), hash));
    },
    password: ({ accountId, password: hash }) =>
      password.run(accountId, seal(placeOfPassword(accountId), hash)),
    role: ({ accountId, role: word }) => role.run(word, accountId),
    login: ({ login: { id, accountId, name, created, current, next, used, ended } }) =>
      login.run(id, accountId, name ?? null, created, current ?? null, next, used, ended ?? null),
    login_seen: ({ id, time }) => loginSeen.run(time, id),
    login_ended: ({ id, reason }) => loginEnded.run(reason, id),
    second_factor: ({ factor: { accountId, secret, confirmed, lastStep } }) =>
      secondFactor.run(accountId, seal(placeOfSecret(accountId), secret), Number(confirmed), lastStep),
    no_second_factor: ({ accountId }) => {
      noSecondFactor.run(accountId);
      noRecoveryCodes.run(accountId);
    },
    recovery_codes: ({ accountId, hashes }) => {
      noRecoveryCodes.run(accountId);
      for (const hash of hashes) recoveryCode.run(accountId, hash);
    },
    recovery_code_used: ({ accountId, hash }) => recoveryCodeUsed.run(accountId, hash),
    reset: ({ hash, reset: row }) => {
      noResets.run(row.accountId);
      reset.run(hash, row.accountId, row.expires, Number(row.endsTwoFactor), row.issuer ?? null);
    },
    no_resets: ({ accountId }) => noResets.run(accountId),
    void_issued: ({ accountId }) => {
      issuedResets.run(accountId);
      issuedInvites.run(accountId);
    },
    policy: ({ name, value }) => policy.run(name, value),
    failures: ({ failures: { key, count, time } }) => failures.run(key, count, time),
    no_failures: ({ key }) => noFailures.run(key),
    tidy_up: ({ loginsUsedBefore, time }) => {
      oldLogins.run(loginsUsedBefore);
      oldInvites.run(time);
      oldResets.run(time);
    },
    invite: ({ hash, invite: row }) =>
      invite.run(hash, row.role, row.usesLeft, row.expires, row.issuer ?? null),
    invite_used: ({ hash }) => inviteUsed.run(hash),
  };
}
