/** Coming in and going: where a connection becomes a session of an account, and stops being one. */
import { type Cursors, Refusal } from "../../shared/protocol/mod.ts";
import type { Change, LoginRow } from "../store/mod.ts";
import type { Account } from "./account.ts";
import { admit, useInvite } from "./admission.ts";
import { refuseCrowd } from "./crowd.ts";
import { deviceOf } from "./devices.ts";
import { Guest } from "./guest.ts";
import { firstRoomOf, type Hub } from "./hub.ts";
import { Joining } from "./joining.ts";
import { endLogins, endSentences, endSurplus } from "./login_ends.ts";
import { type Issued, newLogin, presentToken } from "./logins.ts";
import type { Outbox } from "./outbox.ts";
import { tellOfParallelUse } from "./parallel_use.ts";
import { mustSetUp } from "./policy.ts";
import { markProven } from "./proof.ts";
import { tellAccount } from "./telling.ts";
import { roomsOf } from "./welcome.ts";

/** Somebody at the door: what a session offers to become a guest. */
export interface Arrival {
  readonly outbox: Outbox;
  /** The request that is answered. */
  readonly re: string;
  /** What the client calls itself. */
  readonly deviceName?: string | undefined;
  /** Whether its token is kept in a browser's cookie, where it stays the same and no script reads it. */
  readonly byCookie: boolean;
  /** Whether it only asks, and hears nothing of rooms. */
  readonly deaf?: boolean | undefined;
  /** Makes what the client is given for its next login, where it has proven a password. */
  readonly proofFor?: ((loginId: string) => string) | undefined;
  /** Whether the connection is still there. */
  present(): boolean;
  /** The session is open: everything after this is the guest's. */
  welcome(guest: Guest): void;
  refuse(refusal: Refusal): void;
}

export interface Applicant {
  readonly name: string;
  readonly passwordHash: string;
  readonly invite: string | undefined;
}

const noCursors: Cursors = Object.create(null);

/**
 * Makes an account, a member of the first room; if somebody has arrived for it, opens its first session. Throws a
 * Refusal where it can be decided at once; `refuse` is told when it could not be stored.
 */
export function signUp(
  hub: Hub,
  applicant: Applicant,
  arrival: Arrival | undefined,
  refuse: (refusal: Refusal) => void,
): void {
  const admission = admit(hub, applicant.invite);
  refuseTaken(hub, applicant.name);
  const row = { id: hub.accounts.nextId(), name: applicant.name, role: admission.role };
  const account = hub.accounts.add(row);
  const issued = arrival && newLogin(account.id, arrival.deviceName, arrival.byCookie, hub.world);
  const joining = new Joining(hub, account, firstRoomOf(hub));
  const settleInvite = admission.invite === undefined ? undefined : useInvite(hub, admission.invite);
  hub.journal.add({
    changes: [
      { kind: "account", account: row, password: applicant.passwordHash, time: hub.world.clock.now() },
      ...joining.changes,
      ...(issued === undefined ? [] : [{ kind: "login" as const, login: issued.login }]),
      ...usedInvite(admission.invite),
    ],
    committed: () => {
      settleInvite?.();
      hub.world.log.info("registered", { username: account.name, role: account.role });
      joining.committed();
      hub.fanOut.flushRoom(firstRoomOf(hub));
      if (arrival !== undefined && issued !== undefined) {
        enter(hub, account, { issued, cursors: noCursors, arrival, proven: true });
      }
    },
    failed: (refusal) => {
      settleInvite?.();
      joining.takeBack();
      hub.accounts.remove(account);
      refuse(refusal);
    },
  });
}

/** Throws `username_exists` if somebody has the name. */
export function refuseTaken(hub: Hub, name: string): void {
  if (hub.accounts.named(name) === undefined) return;
  throw new Refusal("username_exists", `The name "${name}" is taken. Choose another, or log in`);
}

/** Opens a session for an account whose password was right, and stores `changes` with it. The account's other sessions are told. */
export function signIn(hub: Hub, account: Account, arrival: Arrival, changes: readonly Change[]): void {
  openSession(hub, account, arrival, {
    changes,
    committed: () => {
      const { log, clock } = hub.world;
      log.info("logged_in", { username: account.name, device: arrival.deviceName ?? "" });
      tellAccount(account, {
        type: "alert",
        about: "new_login",
        device: arrival.deviceName,
        time: clock.now(),
      });
    },
    failed: () => {},
  });
}

/** What is decided together with a new login: stored with it or not at all, and told before its session opens. */
export interface Occasion {
  readonly changes: readonly Change[];
  committed(): void;
  failed(): void;
}

/** Opens a session by a new login. */
export function openSession(hub: Hub, account: Account, arrival: Arrival, occasion: Occasion): void {
  const surplus = endSurplus(hub, account);
  const issued = newLogin(account.id, arrival.deviceName, arrival.byCookie, hub.world);
  addLogin(hub, account, {
    issued,
    cursors: noCursors,
    arrival,
    proven: true,
    occasion: {
      changes: [...occasion.changes, ...surplus.changes],
      committed: () => {
        occasion.committed();
        surplus.committed();
      },
      failed: () => occasion.failed(),
    },
  });
}

/** Opens a session by a token. Throws `token_invalid` or `busy`; a token that was stolen ends everything that came of it. */
export function resume(
  hub: Hub,
  token: string,
  cursors: Cursors | undefined,
  arrival: Arrival,
): void {
  const presented = presentToken(hub, token);
  if (presented.kind === "stolen") endStolen(hub, presented.login);
  if (presented.kind === "stolen") throw new Refusal("token_invalid", endSentences.token_reused);
  if (presented.kind === "invalid") throw new Refusal("token_invalid", presented.why);
  const { issued, again } = presented;
  const account = hub.accounts.withId(issued.login.accountId);
  if (account.isBot) throw new Refusal("token_invalid", "This is a bot's token, which goes into bot_login");
  // A token that stays the same is good for cookies alone, and one that is exchanged at each use is none for several tabs.
  if (issued.login.fixed !== arrival.byCookie) {
    throw new Refusal(
      "token_invalid",
      "This login was made in another kind of program. Log in with your password",
    );
  }
  refuseCrowd(hub, account);
  const committed = again ? () => tellOfParallelUse(hub, account, issued.login) : () => {};
  const occasion = { changes: [], committed, failed: () => {} };
  addLogin(hub, account, { issued, cursors: cursors ?? noCursors, arrival, proven: false, occasion });
}

/** A login that opens a session, and for whom. */
export interface Opening {
  readonly issued: Issued;
  readonly cursors: Cursors;
  readonly arrival: Arrival;
  /** Whether all factors were proven for it. */
  readonly proven: boolean;
}

function addLogin(hub: Hub, account: Account, opening: Opening & { readonly occasion: Occasion }): void {
  const { issued: { login }, arrival, occasion } = opening;
  hub.records.logins.set(login.id, login);
  account.arriving++;
  hub.journal.add({
    changes: [...occasion.changes, { kind: "login", login }],
    committed: () => {
      account.arriving--;
      occasion.committed();
      enter(hub, account, opening);
    },
    failed: (refusal) => {
      account.arriving--;
      occasion.failed();
      arrival.refuse(refusal);
    },
  });
}

/** Ends a login for good, and the sessions that came by it; those of the account's other logins are told. */
function endStolen(hub: Hub, { id, accountId, name }: LoginRow): void {
  const account = hub.accounts.withId(accountId);
  hub.world.log.warn("token_reused", { username: account.name });
  const ends = endLogins(hub, account, "token_reused", (loginId) => loginId === id);
  hub.journal.add({
    changes: ends.changes,
    committed: () => {
      ends.committed();
      const time = hub.world.clock.now();
      tellAccount(account, { type: "alert", about: "token_reused", device: name, time }, id);
    },
    failed: () => hub.world.log.error("revocation_failed"),
  });
}

/** Makes a guest of whoever has arrived, by a login that is on disk. */
export function enter(hub: Hub, account: Account, { issued, cursors, arrival, proven }: Opening): void {
  if (!arrival.present()) return arrival.refuse(new Refusal("auth_timeout", "The connection has ended"));
  const { token, login } = issued;
  const guest = new Guest(account, arrival.outbox, login.id);
  if (proven) markProven(hub, guest);
  const isDeaf = arrival.deaf === true || account.scopes?.includes("read") === false;
  if (mustSetUp(hub.policy, account)) account.confinedSessions.set(arrival.outbox, login.id);
  else if (isDeaf) account.deafSessions.set(arrival.outbox, login.id);
  else attach(hub, account, arrival.outbox, login.id);
  guest.answer({
    type: "auth_success",
    re: arrival.re,
    user: {
      username: account.name,
      role: account.role,
      twoFactor: account.twoFactor || undefined,
      busy: account.busy || undefined,
      scopes: account.scopes,
    },
    token,
    device: deviceOf(login.id),
    deviceProof: arrival.proofFor?.(login.id),
    confined: guest.confined || undefined,
    rooms: guest.confined || isDeaf ? [] : roomsOf(hub, account, cursors),
  });
  arrival.welcome(guest);
}

/** From here on the connection hears the account's rooms, and others see that somebody is there. */
function attach(hub: Hub, account: Account, outbox: Outbox, loginId: string): void {
  account.sessions.set(outbox, loginId);
  // Whoever comes in hears only what is told after this: what gathered before is in the `seq` that it is given.
  for (const { room } of account.memberships.values()) {
    hub.fanOut.flushRoom(room);
    room.attached.add(outbox);
  }
  hub.presence.changed(account);
}

/** To be called when a guest's connection has ended. */
export function depart(hub: Hub, guest: Guest): void {
  const { account, outbox } = guest;
  // What the guest has decided and is not yet on disk, such as leaving a room, must not find the session gone.
  hub.journal.commit();
  hub.lastSeen.note(guest.loginId);
  if (account.confinedSessions.delete(outbox) || account.deafSessions.delete(outbox)) return;
  account.sessions.delete(outbox);
  account.idleSessions.delete(outbox);
  for (const { room } of account.memberships.values()) room.attached.delete(outbox);
  hub.presence.changed(account);
}

function usedInvite(hash: Uint8Array | undefined): Change[] {
  return hash === undefined ? [] : [{ kind: "invite_used", hash }];
}
