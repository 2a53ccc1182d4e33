/** Stores accounts and what opens them. */
import type { DatabaseSync } from "node:sqlite";
import type { Keyring } from "../keyring/mod.ts";
import type { Executors } from "./executors.ts";
import type { FileExecutors } from "./file_changes.ts";
import type { MessageExecutors } from "./message_changes.ts";
import { placeOfPassword, placeOfProfile, placeOfSecret } from "./places.ts";
import type { RoomExecutors } from "./room_changes.ts";

type AccountExecutors = Omit<Executors, keyof MessageExecutors | keyof RoomExecutors | keyof FileExecutors>;

export function prepareAccountExecutors(database: DatabaseSync, keyring: Keyring): AccountExecutors {
  const account = database.prepare("INSERT INTO account (id, name, role, created) VALUES (?, ?, ?, ?)");
  const password = database.prepare(
    `INSERT INTO credential (account_id, password) VALUES (?1, ?2)
     ON CONFLICT (account_id) DO UPDATE SET password = ?2`,
  );
  const bot = database.prepare(
    `INSERT INTO bot (account_id, scopes) VALUES (?1, ?2)
     ON CONFLICT (account_id) DO UPDATE SET scopes = ?2`,
  );
  const botOffer = database.prepare("INSERT INTO bot_offer (name, scopes, login, token) VALUES (?, ?, ?, ?)");
  const noBotOffer = database.prepare("DELETE FROM bot_offer WHERE name = ?");
  const profile = database.prepare("UPDATE account SET profile = ? WHERE id = ?");
  const busy = database.prepare("UPDATE account SET busy = ? WHERE id = ?");
  const deactivated = database.prepare("UPDATE account SET deactivated = ? WHERE id = ?");
  const role = database.prepare("UPDATE account SET role = ? WHERE id = ?");
  const login = database.prepare(
    `INSERT INTO login (id, account_id, name, created, fixed, current, next, used, ended)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
     ON CONFLICT (id) DO UPDATE SET name = ?3, current = ?6, next = ?7, used = ?8, ended = ?9`,
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
  const oldLogins = database.prepare(
    "DELETE FROM login WHERE used < ? AND account_id NOT IN (SELECT account_id FROM bot)",
  );
  const oldInvites = database.prepare("DELETE FROM invite WHERE expires < ? OR uses_left = 0");
  const invite = database.prepare(
    "INSERT INTO invite (hash, role, uses_left, expires, issuer) VALUES (?, ?, ?, ?, ?)",
  );
  const inviteUsed = database.prepare("UPDATE invite SET uses_left = uses_left - 1 WHERE hash = ?");
  return {
    account: ({ account: row, password: hash, time }) => {
      account.run(row.id, row.name, row.role, time);
      if (hash !== undefined) password.run(row.id, keyring.seal(placeOfPassword(row.id), hash));
    },
    bot: ({ accountId, scopes }) => bot.run(accountId, scopes.join(" ")),
    bot_offer: ({ offer: { name, scopes, loginId, token } }) =>
      botOffer.run(name, scopes.join(" "), loginId, token),
    no_bot_offer: ({ name }) => noBotOffer.run(name),
    password: ({ accountId, password: hash }) =>
      password.run(accountId, keyring.seal(placeOfPassword(accountId), hash)),
    role: ({ accountId, role: word }) => role.run(word, accountId),
    login: ({ login: { id, accountId, name, created, fixed, current, next, used, ended } }) =>
      login.run(
        id,
        accountId,
        name ?? null,
        created,
        Number(fixed),
        current ?? null,
        next,
        used,
        ended ?? null,
      ),
    login_seen: ({ id, time }) => loginSeen.run(time, id),
    login_ended: ({ id, reason }) => loginEnded.run(reason, id),
    second_factor: ({ factor: { accountId, secret, confirmed, lastStep } }) =>
      secondFactor.run(
        accountId,
        keyring.seal(placeOfSecret(accountId), secret),
        Number(confirmed),
        lastStep,
      ),
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
    profile: ({ accountId, profile: about }) =>
      profile.run(keyring.seal(placeOfProfile(accountId), JSON.stringify(about)), accountId),
    busy: ({ accountId, busy: flag }) => busy.run(Number(flag), accountId),
    deactivated: ({ accountId, deactivated: flag }) => deactivated.run(Number(flag), accountId),
    invite: ({ hash, invite: row }) =>
      invite.run(hash, row.role, row.usesLeft, row.expires, row.issuer ?? null),
    invite_used: ({ hash }) => inviteUsed.run(hash),
  };
}
