/** Reads accounts, their logins and the invites that lead to them. */
import type { DatabaseSync } from "node:sqlite";
import { roles, type Scope, scopes } from "../../shared/protocol/mod.ts";
import type { Keyring } from "../keyring/mod.ts";
import {
  type AccountRow,
  type BotOfferRow,
  type FailuresRow,
  type InviteRow,
  loginEnds,
  type LoginRow,
  type ProfileRow,
  type ResetRow,
  type SecondFactorRow,
} from "./change.ts";
import { placeOfPassword, placeOfProfile, placeOfSecret } from "./places.ts";
import { bytes, integer, optional, type Row, string, word } from "./row.ts";

export interface PeopleReader {
  accounts(): AccountRow[];
  /** The password's hash as a PHC string. Throws Unreadable where it was damaged. */
  passwordOf(accountId: number): string | undefined;
  login(id: string): LoginRow | undefined;
  /** Those that have not ended, the last used first. */
  loginsOf(accountId: number): LoginRow[];
  /** When each account that has a login last used one, by the account's id. */
  lastUsed(): ReadonlyMap<number, number>;
  /** Throws Unreadable where its secret was damaged. */
  secondFactorOf(accountId: number): SecondFactorRow | undefined;
  /** The ids of the accounts whose second factor is confirmed. */
  withSecondFactor(): number[];
  /** What people tell of themselves, by account id. */
  profiles(): ReadonlyMap<number, ProfileRow>;
  /** The ids of the accounts that want to be left alone. */
  busy(): number[];
  /** The ids of the accounts that may not come back. */
  deactivated(): number[];
  /** What each bot may do, by account id. */
  bots(): ReadonlyMap<number, readonly Scope[]>;
  botOffers(): BotOfferRow[];
  /** The hashes of those that were not used. */
  recoveryCodesOf(accountId: number): Uint8Array[];
  reset(hash: Uint8Array): ResetRow | undefined;
  invite(hash: Uint8Array): InviteRow | undefined;
  policy(name: string): string | undefined;
  failures(): FailuresRow[];
}

export function preparePeople(database: DatabaseSync, keyring: Keyring): PeopleReader {
  const accounts = database.prepare("SELECT id, name, role FROM account");
  const password = database.prepare("SELECT password FROM credential WHERE account_id = ?");
  const loginColumns = "SELECT id, account_id, name, created, fixed, current, next, used, ended FROM login";
  const login = database.prepare(`${loginColumns} WHERE id = ?`);
  const loginsOf = database.prepare(
    `${loginColumns} WHERE account_id = ? AND ended IS NULL ORDER BY used DESC, id`,
  );
  const lastUsed = database.prepare("SELECT account_id, max(used) AS used FROM login GROUP BY account_id");
  const secondFactor = database.prepare(
    "SELECT account_id, secret, confirmed, last_step FROM second_factor WHERE account_id = ?",
  );
  const withSecondFactor = database.prepare("SELECT account_id FROM second_factor WHERE confirmed = 1");
  const profiles = database.prepare("SELECT id, profile FROM account WHERE profile IS NOT NULL");
  const busy = database.prepare("SELECT id FROM account WHERE busy = 1");
  const deactivated = database.prepare("SELECT id FROM account WHERE deactivated = 1");
  const bots = database.prepare("SELECT account_id, scopes FROM bot");
  const botOffers = database.prepare("SELECT name, scopes, login, token FROM bot_offer");
  const recoveryCodes = database.prepare("SELECT hash FROM recovery_code WHERE account_id = ?");
  const reset = database.prepare(
    "SELECT account_id, expires, ends_two_factor, issuer FROM reset WHERE hash = ?",
  );
  const policy = database.prepare("SELECT value FROM policy WHERE name = ?");
  const failures = database.prepare("SELECT key, count, time FROM failures");
  const invite = database.prepare("SELECT role, uses_left, expires, issuer FROM invite WHERE hash = ?");
  return {
    accounts: () => accounts.all().map(toAccount),
    passwordOf(accountId) {
      const row = password.get(accountId);
      return row === undefined ? undefined : keyring.open(placeOfPassword(accountId), bytes(row, "password"));
    },
    login(id) {
      const row = login.get(id);
      return row === undefined ? undefined : toLogin(row);
    },
    loginsOf: (accountId) => loginsOf.all(accountId).map(toLogin),
    lastUsed: () => new Map(lastUsed.all().map((row) => [integer(row, "account_id"), integer(row, "used")])),
    secondFactorOf(accountId) {
      const row = secondFactor.get(accountId);
      return row === undefined ? undefined : toSecondFactor(keyring, row);
    },
    withSecondFactor: () => withSecondFactor.all().map((row) => integer(row, "account_id")),
    profiles: () => new Map(profiles.all().map((row) => [integer(row, "id"), toProfile(keyring, row)])),
    busy: () => busy.all().map((row) => integer(row, "id")),
    deactivated: () => deactivated.all().map((row) => integer(row, "id")),
    bots: () => new Map(bots.all().map((row) => [integer(row, "account_id"), toScopes(row)])),
    botOffers: () => botOffers.all().map(toBotOffer),
    recoveryCodesOf: (accountId) => recoveryCodes.all(accountId).map((row) => bytes(row, "hash")),
    reset(hash) {
      const row = reset.get(hash);
      return row === undefined ? undefined : toReset(row);
    },
    policy(name) {
      const row = policy.get(name);
      return row === undefined ? undefined : string(row, "value");
    },
    failures: () => failures.all().map(toFailures),
    invite(hash) {
      const row = invite.get(hash);
      return row === undefined ? undefined : toInvite(row);
    },
  };
}

function toAccount(row: Row): AccountRow {
  return { id: integer(row, "id"), name: string(row, "name"), role: word(row, "role", roles) };
}

function toScopes(row: Row): readonly Scope[] {
  const words = string(row, "scopes").split(" ");
  return scopes.filter((scope) => words.includes(scope));
}

function toBotOffer(row: Row): BotOfferRow {
  return {
    name: string(row, "name"),
    scopes: toScopes(row),
    loginId: string(row, "login"),
    token: bytes(row, "token"),
  };
}

function toLogin(row: Row): LoginRow {
  return {
    id: string(row, "id"),
    accountId: integer(row, "account_id"),
    name: optional(string, row, "name"),
    fixed: integer(row, "fixed") === 1,
    created: integer(row, "created"),
    current: optional(bytes, row, "current"),
    next: bytes(row, "next"),
    used: integer(row, "used"),
    ended: row.ended === null ? undefined : word(row, "ended", loginEnds),
  };
}

function toSecondFactor(keyring: Keyring, row: Row): SecondFactorRow {
  const accountId = integer(row, "account_id");
  return {
    accountId,
    secret: keyring.open(placeOfSecret(accountId), bytes(row, "secret")),
    confirmed: integer(row, "confirmed") === 1,
    lastStep: integer(row, "last_step"),
  };
}

function toReset(row: Row): ResetRow {
  return {
    accountId: integer(row, "account_id"),
    expires: integer(row, "expires"),
    endsTwoFactor: integer(row, "ends_two_factor") === 1,
    issuer: optional(integer, row, "issuer"),
  };
}

function toFailures(row: Row): FailuresRow {
  return { key: bytes(row, "key"), count: integer(row, "count"), time: integer(row, "time") };
}

function toInvite(row: Row): InviteRow {
  return {
    role: word(row, "role", roles),
    usesLeft: integer(row, "uses_left"),
    expires: integer(row, "expires"),
    issuer: optional(integer, row, "issuer"),
  };
}

/** A profile that was damaged is none: its account works all the same. */
function toProfile(keyring: Keyring, row: Row): ProfileRow {
  const text = keyring.openIntact(placeOfProfile(integer(row, "id")), bytes(row, "profile"));
  return text === undefined ? {} : JSON.parse(text);
}
