import type { Presence, Role, Scope } from "../../shared/protocol/mod.ts";
import type { AccountRow, ProfileRow } from "../store/mod.ts";
import type { Membership } from "./membership.ts";
import type { Outbox } from "./outbox.ts";

/** A person as the hub has them in memory. */
export class Account {
  readonly id: number;
  readonly name: string;
  role: Role;
  /** Whether logging in takes a second factor. */
  twoFactor: boolean;
  /** What a bot may do; people have none. */
  scopes: readonly Scope[] | undefined;
  profile: ProfileRow = {};
  /** Whether they want to be left alone. */
  busy = false;
  /** Whether they may not come back. What they said stays. */
  deactivated = false;
  /** Whether the invites and reset links that they have made are taken back, and are so on disk in a moment. */
  issuedIsVoid = false;
  /** When their sessions were last told that a token of theirs is used twice, in monotonic milliseconds. */
  parallelUseToldAt = -Infinity;
  /** What others were told last of how they are here. */
  presenceTold: Presence = "offline";
  /** Their rooms, by name. */
  readonly memberships: Map<string, Membership> = new Map();
  /** How many rooms they have made. */
  roomsMade = 0;
  /** Those of their sessions at which nobody has done anything for a while. */
  readonly idleSessions: Set<Outbox> = new Set();
  /** Sessions that are decided and about to open. */
  arriving = 0;
  /** Their open sessions, each with the login that it came by. */
  readonly sessions: Map<Outbox, string> = new Map();
  /** Those that must set up a second factor before anything else: nothing of rooms reaches them. */
  readonly confinedSessions: Map<Outbox, string> = new Map();
  /** Those of a bot that may not read: nothing of rooms reaches them either. */
  readonly deafSessions: Map<Outbox, string> = new Map();

  constructor(row: AccountRow, twoFactor: boolean) {
    this.id = row.id;
    this.name = row.name;
    this.role = row.role;
    this.twoFactor = twoFactor;
  }

  get isBot(): boolean {
    return this.scopes !== undefined;
  }

  get online(): boolean {
    return this.sessions.size > 0;
  }

  /** How they are here, all their sessions together. */
  get presence(): Presence {
    if (!this.online) return "offline";
    if (this.busy) return "busy";
    return this.idleSessions.size === this.sessions.size ? "away" : "online";
  }

  /** Every connection that somebody is logged in on, whatever they may hear, with its login. */
  get connections(): readonly (readonly [Outbox, string])[] {
    return [...this.sessions, ...this.confinedSessions, ...this.deafSessions];
  }
}
