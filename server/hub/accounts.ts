import type { AccountRow } from "../store/mod.ts";
import { Account } from "./account.ts";

/** Everybody who has an account, by name and by id. */
export class Accounts {
  readonly #byName: Map<string, Account> = new Map();
  readonly #byId: Map<number, Account> = new Map();
  #lastId = 0;

  constructor(rows: readonly AccountRow[]) {
    for (const row of rows) this.add(row);
  }

  get count(): number {
    return this.#byId.size;
  }

  add(row: AccountRow): Account {
    const account = new Account(row);
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

  /** The first owner, if there is one yet. */
  owner(): Account | undefined {
    return [...this.#byId.values()].find(({ role }) => role === "owner");
  }

  nextId(): number {
    return this.#lastId + 1;
  }
}
