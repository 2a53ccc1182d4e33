/** Reads accounts, their logins and the invites that lead to them. */
import type { DatabaseSync } from "node:sqlite";
import { roles } from "../../shared/protocol/mod.ts";
import type { AccountRow, InviteRow, LoginRow } from "./change.ts";
import { bytes, integer, optional, type Row, string, word } from "./row.ts";

export interface PeopleReader {
  accounts(): AccountRow[];
  /** The password's hash as a PHC string. */
  passwordOf(accountId: number): string | undefined;
  login(id: string): LoginRow | undefined;
  invite(hash: Uint8Array): InviteRow | undefined;
}

export function preparePeople(database: DatabaseSync): PeopleReader {
  const accounts = database.prepare("SELECT id, name, role FROM account");
  const password = database.prepare("SELECT password FROM account WHERE id = ?");
  const login = database.prepare("SELECT id, account_id, current, next, used FROM login WHERE id = ?");
  const invite = database.prepare("SELECT role, uses_left, expires FROM invite WHERE hash = ?");
  return {
    accounts: () => accounts.all().map(toAccount),
    passwordOf(accountId) {
      const row = password.get(accountId);
      return row === undefined ? undefined : string(row, "password");
    },
    login(id) {
      const row = login.get(id);
      return row === undefined ? undefined : toLogin(row);
    },
    invite(hash) {
      const row = invite.get(hash);
      return row === undefined ? undefined : toInvite(row);
    },
  };
}

function toAccount(row: Row): AccountRow {
  return { id: integer(row, "id"), name: string(row, "name"), role: word(row, "role", roles) };
}

function toLogin(row: Row): LoginRow {
  return {
    id: string(row, "id"),
    accountId: integer(row, "account_id"),
    current: optional(bytes, row, "current"),
    next: bytes(row, "next"),
    used: integer(row, "used"),
  };
}

function toInvite(row: Row): InviteRow {
  return {
    role: word(row, "role", roles),
    usesLeft: integer(row, "uses_left"),
    expires: integer(row, "expires"),
  };
}
