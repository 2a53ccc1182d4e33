/** What can be changed, as data: the hub decides on changes, and a batch of them is stored whole or not at all. */
import type { Role, RoomEventType } from "../../shared/protocol/mod.ts";

export interface AccountRow {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
}

export interface RoomRow {
  readonly id: number;
  readonly name: string;
  readonly kind: "standard";
  readonly access: "public" | "private";
  readonly topic: string | undefined;
  /** The account that made it; none made the first room. */
  readonly creatorId: number | undefined;
}

/** An event of a room as it is stored: who did what, and in which place. */
export interface EventRow {
  readonly seq: number;
  readonly type: RoomEventType;
  readonly accountId: number;
  readonly time: number;
  readonly text: string | undefined;
}

/** A way to come back without the password. Only SHA-256 hashes of tokens are kept. */
export interface LoginRow {
  readonly id: string;
  readonly accountId: number;
  /** The token that was used last; good until `next` is used. */
  readonly current: Uint8Array | undefined;
  /** The token that was given out last. */
  readonly next: Uint8Array;
  /** When it last opened a session. */
  readonly used: number;
}

export interface InviteRow {
  readonly role: Role;
  readonly usesLeft: number;
  readonly expires: number;
}

export type Change =
  | {
    readonly kind: "event";
    readonly roomId: number;
    readonly event: EventRow;
    readonly nonce: string | undefined;
  }
  | { readonly kind: "room"; readonly room: RoomRow; readonly time: number }
  | { readonly kind: "member"; readonly roomId: number; readonly accountId: number; readonly read: number }
  | { readonly kind: "no_member"; readonly roomId: number; readonly accountId: number }
  | { readonly kind: "read"; readonly roomId: number; readonly accountId: number; readonly seq: number }
  | {
    readonly kind: "account";
    readonly account: AccountRow;
    readonly password: string;
    readonly time: number;
  }
  | { readonly kind: "login"; readonly login: LoginRow }
  | { readonly kind: "no_login"; readonly id: string }
  /** Logins last used before `loginsUsedBefore` and invites that are of no use at `time` go. */
  | { readonly kind: "tidy_up"; readonly loginsUsedBefore: number; readonly time: number }
  | { readonly kind: "invite"; readonly hash: Uint8Array; readonly invite: InviteRow }
  | { readonly kind: "invite_used"; readonly hash: Uint8Array };

export type ChangeKind = Change["kind"];
