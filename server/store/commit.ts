/** Carries out changes: one statement a kind. */
import type { DatabaseSync } from "node:sqlite";
import type { Change, ChangeKind } from "./change.ts";
import { inTransaction } from "./database.ts";
import { NotCommitted } from "./trouble.ts";

type Executors = { readonly [K in ChangeKind]: (change: Extract<Change, { kind: K }>) => void };

/**
 * Returns the function that stores a batch in one transaction: when it returns, everything is on disk; when it throws
 * NotCommitted, nothing was changed.
 */
export function prepareCommit(database: DatabaseSync): (batch: readonly Change[]) => void {
  const executors = prepareExecutors(database);
  return (batch) => {
    try {
      inTransaction(database, () => {
        for (const change of batch) execute(executors, change);
      });
    } catch (error) {
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

function prepareExecutors(database: DatabaseSync): Executors {
  const event = database.prepare(
    "INSERT INTO event (room_id, seq, type, account_id, time, text, nonce) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const room = database.prepare(
    "INSERT INTO room (id, name, kind, access, topic, creator, created) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const member = database.prepare("INSERT INTO membership (room_id, account_id, read) VALUES (?, ?, ?)");
  const noMember = database.prepare("DELETE FROM membership WHERE room_id = ? AND account_id = ?");
  const read = database.prepare("UPDATE membership SET read = ? WHERE room_id = ? AND account_id = ?");
  const account = database.prepare(
    "INSERT INTO account (id, name, role, password, created) VALUES (?, ?, ?, ?, ?)",
  );
  const login = database.prepare(
    `INSERT INTO login (id, account_id, current, next, created, used) VALUES (?1, ?2, ?3, ?4, ?5, ?5)
     ON CONFLICT (id) DO UPDATE SET current = ?3, next = ?4, used = ?5`,
  );
  const noLogin = database.prepare("DELETE FROM login WHERE id = ?");
  const oldLogins = database.prepare("DELETE FROM login WHERE used < ?");
  const oldInvites = database.prepare("DELETE FROM invite WHERE expires < ? OR uses_left = 0");
  const invite = database.prepare("INSERT INTO invite (hash, role, uses_left, expires) VALUES (?, ?, ?, ?)");
  const inviteUsed = database.prepare("UPDATE invite SET uses_left = uses_left - 1 WHERE hash = ?");
  return {
    event: ({ roomId, event: row, nonce }) =>
      event.run(roomId, row.seq, row.type, row.accountId, row.time, row.text ?? null, nonce ?? null),
    room: ({ room: row, time }) =>
      room.run(row.id, row.name, row.kind, row.access, row.topic ?? null, row.creatorId ?? null, time),
    member: ({ roomId, accountId, read }) => member.run(roomId, accountId, read),
    no_member: ({ roomId, accountId }) => noMember.run(roomId, accountId),
    read: ({ roomId, accountId, seq }) => read.run(seq, roomId, accountId),
    account: ({ account: row, password, time }) => account.run(row.id, row.name, row.role, password, time),
    login: ({ login: row }) => login.run(row.id, row.accountId, row.current ?? null, row.next, row.used),
    no_login: ({ id }) => noLogin.run(id),
    tidy_up: ({ loginsUsedBefore, time }) => {
      oldLogins.run(loginsUsedBefore);
      oldInvites.run(time);
    },
    invite: ({ hash, invite: row }) => invite.run(hash, row.role, row.usesLeft, row.expires),
    invite_used: ({ hash }) => inviteUsed.run(hash),
  };
}
