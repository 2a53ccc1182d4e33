import type { Role } from "../../shared/protocol/mod.ts";
import type { AccountRow } from "../store/mod.ts";
import type { Membership } from "./membership.ts";
import type { Outbox } from "./outbox.ts";

/** A person as the hub has them in memory. */
export class Account {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
  /** Their rooms, by name. */
  readonly memberships: Map<string, Membership> = new Map();
  /** How many rooms they have made. */
  roomsMade = 0;
  /** Their open sessions, each with the login that it came by. */
  readonly sessions: Map<Outbox, string> = new Map();

  constructor(row: AccountRow) {
    this.id = row.id;
    this.name = row.name;
    this.role = row.role;
  }

  get online(): boolean {
    return this.sessions.size > 0;
  }
}
