/** Reads accounts, their logins and the invites that lead to them. */
import type { DatabaseSync } from "node:sqlite";
import type { Role } from "../../shared/protocol/mod.ts";
import type { AccountRow, InviteRow, LoginRow } from "./change.ts";

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
  const login = database.prepare("SELECT id, account_id, current, next FROM login WHERE id = ?");
  const invite = database.prepare("SELECT role, uses_left, expires FROM invite WHERE hash = ?");
  return {
    accounts: () =>
      accounts.all().map((row) => ({
        id: row.id as number,
        name: row.name as string,
        role: row.role as Role,
      })),
    passwordOf: (accountId) => password.get(accountId)?.password as string | undefined,
    login(id) {
      const row = login.get(id);
      if (row === undefined) return undefined;
      return {
        id,
        accountId: row.account_id as number,
        current: (row.current as Uint8Array | null) ?? undefined,
        next: row.next as Uint8Array,
      };
    },
    invite(hash) {
      const row = invite.get(hash);
      if (row === undefined) return undefined;
      return { role: row.role as Role, usesLeft: row.uses_left as number, expires: row.expires as number };
    },
  };
}
