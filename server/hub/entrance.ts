/** Coming in and going: where a connection becomes a session of an account, and stops being one. */
import { type Answer, type Cursors, encode, Refusal, toBytes } from "../../shared/protocol/mod.ts";
import type { Change } from "../store/mod.ts";
import type { Account } from "./account.ts";
import { admit, useInvite } from "./admission.ts";
import { Guest } from "./guest.ts";
import { firstRoomOf, type Hub } from "./hub.ts";
import { Joining } from "./joining.ts";
import { type Issued, newLogin, presentToken } from "./logins.ts";
import type { Membership } from "./membership.ts";
import type { Outbox } from "./outbox.ts";

/** Somebody at the door: what a session offers to become a guest. */
export interface Arrival {
  readonly outbox: Outbox;
  /** The request that is answered. */
  readonly re: string;
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
  const issued = arrival && newLogin(account.id, hub.world);
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
      if (arrival !== undefined && issued !== undefined) enter(hub, account, issued, noCursors, arrival);
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

/** Opens a session for an account whose password was right. */
export function signIn(hub: Hub, account: Account, arrival: Arrival): void {
  const issued = newLogin(account.id, hub.world);
  addLogin(hub, account, issued, noCursors, arrival);
}

/** Opens a session by a token. Throws `token_invalid`; a token that was stolen ends everything that came of it. */
export function resume(
  hub: Hub,
  token: string,
  cursors: Cursors | undefined,
  arrival: Arrival,
): void {
  const presented = presentToken(hub, token);
  if (presented.kind === "stolen") revoke(hub, presented.login.id, presented.login.accountId);
  if (presented.kind !== "good") {
    throw new Refusal("token_invalid", "This login is no longer valid. Log in with your password");
  }
  const account = hub.accounts.withId(presented.issued.login.accountId);
  addLogin(hub, account, presented.issued, cursors ?? noCursors, arrival);
}

function addLogin(
  hub: Hub,
  account: Account,
  issued: Issued,
  cursors: Cursors,
  arrival: Arrival,
): void {
  const { login } = issued;
  hub.pendingLogins.set(login.id, login);
  hub.journal.add({
    changes: [{ kind: "login", login }],
    committed: () => {
      hub.pendingLogins.delete(login.id);
      enter(hub, account, issued, cursors, arrival);
    },
    failed: (refusal) => {
      hub.pendingLogins.delete(login.id);
      arrival.refuse(refusal);
    },
  });
}

/** Ends a login for good, and the sessions that came by it. */
function revoke(hub: Hub, loginId: string, accountId: number): void {
  hub.world.log.warn("token_reused", { username: hub.accounts.withId(accountId).name });
  const bye = toBytes(encode({
    type: "bye",
    code: "revoked",
    message: "This login was ended because an old token of it was used again. Log in with your password",
  }));
  hub.pendingLogins.set(loginId, undefined);
  hub.journal.add({
    changes: [{ kind: "no_login", id: loginId }],
    committed: () => {
      hub.pendingLogins.delete(loginId);
      for (const [outbox, id] of hub.accounts.withId(accountId).sessions) if (id === loginId) outbox.end(bye);
    },
    failed: () => {
      hub.pendingLogins.delete(loginId);
      hub.world.log.error("revocation_failed");
    },
  });
}

function enter(
  hub: Hub,
  account: Account,
  issued: Issued,
  cursors: Cursors,
  arrival: Arrival,
): void {
  if (!arrival.present()) return arrival.refuse(new Refusal("auth_timeout", "The connection has ended"));
  const guest = new Guest(account, arrival.outbox);
  account.sessions.set(arrival.outbox, issued.login.id);
  // Whoever comes in hears only what is told after this: what gathered before is in the `seq` that it is given.
  for (const { room } of account.memberships.values()) {
    hub.fanOut.flushRoom(room);
    room.attached.add(arrival.outbox);
  }
  if (account.sessions.size === 1) hub.presence.changed(account);
  guest.answer(welcome(account, issued.token, cursors, arrival.re));
  arrival.welcome(guest);
}

/** To be called when a guest's connection has ended. */
export function depart(hub: Hub, guest: Guest): void {
  const { account, outbox } = guest;
  // What the guest has decided and is not yet on disk, such as leaving a room, must not find the session gone.
  hub.journal.commit();
  account.sessions.delete(outbox);
  for (const { room } of account.memberships.values()) room.attached.delete(outbox);
  if (!account.online) hub.presence.changed(account);
}

function welcome(
  account: Account,
  token: string,
  cursors: Cursors,
  re: string,
): Answer<"auth_success"> {
  const rooms = [...account.memberships.values()].map((membership) => stateOf(membership, cursors));
  return { type: "auth_success", re, user: { username: account.name, role: account.role }, token, rooms };
}

function stateOf(
  { room, read }: Membership,
  cursors: Cursors,
): Answer<"auth_success">["rooms"][number] {
  const seq = room.committedSeq;
  const cursor = cursors[room.name] ?? 0;
  const state = cursor === seq ? "current" : cursor < seq ? "behind" : "reset";
  const { kind, access, topic } = room.row;
  return { room: room.name, kind, seq, read, state, access, topic };
}

function usedInvite(hash: Uint8Array | undefined): Change[] {
  return hash === undefined ? [] : [{ kind: "invite_used", hash }];
}
