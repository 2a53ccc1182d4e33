import { Refusal } from "../../shared/protocol/mod.ts";
import type { AccountRow } from "../store/mod.ts";
import { Account } from "./account.ts";

/** Everybody who has an account, by name and by id. */
export class Accounts {
  readonly #byName: Map<string, Account> = new Map();
  readonly #byId: Map<number, Account> = new Map();
  #lastId = 0;

  /** `withTwoFactor` are the ids of those whose login takes a second factor. */
  constructor(rows: readonly AccountRow[], withTwoFactor: readonly number[]) {
    const protectedIds = new Set(withTwoFactor);
    for (const row of rows) this.add(row, protectedIds.has(row.id));
  }

  get count(): number {
    return this.#byId.size;
  }

  add(row: AccountRow, twoFactor: boolean = false): Account {
    const account = new Account(row, twoFactor);
    this.#byName.set(account.name, account);
    this.#byId.set(account.id, account);
    this.#lastId = Math.max(this.#lastId, account.id);
    return account;
  }

  remove(account: Account): void {
    this.#byName.delete(account.name);
    this.#byId.delete(account.id);
  }

  named(name: string): Account | undefined {
    return this.#byName.get(name);
  }

  /** The account with an id that the store knows; asking for any other is a bug. */
  withId(id: number): Account {
    const account = this.#byId.get(id);
    if (account === undefined) throw new Error(`No account has the id ${id}`);
    return account;
  }

  all(): Account[] {
    return [...this.#byId.values()];
  }

  /** The first owner, if there is one yet. */
  owner(): Account | undefined {
    return this.all().find(({ role }) => role === "owner");
  }

  nextId(): number {
    return this.#lastId + 1;
  }
}

/** The account of this name. Throws `no_such_user`: only for those who may know who has an account. */
export function accountNamed(accounts: Accounts, name: string): Account {
  const account = accounts.named(name);
  if (account !== undefined) return account;
  throw new Refusal("no_such_user", `There is nobody named "${name}" here`);
}
