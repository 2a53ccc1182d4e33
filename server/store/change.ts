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
  /** The text was changed on the disk by somebody else, and cannot be read. */
  readonly damaged?: boolean;
}

/** A way to come back without the password. Only SHA-256 hashes of tokens are kept. */
export interface LoginRow {
  /** The SHA-256 of what its tokens begin with, in base64url. */
  readonly id: string;
  readonly accountId: number;
  /** What its client called itself. */
  readonly name: string | undefined;
  readonly created: number;
  /** The token that was used last; good until `next` is used. */
  readonly current: Uint8Array | undefined;
  /** The token that was given out last. */
  readonly next: Uint8Array;
  /** When a session of it was last open. */
  readonly used: number;
  /** Why it is good no more, if so. It is kept so that whoever brings its token can be told. */
  readonly ended: LoginEnd | undefined;
}

export const loginEnds = ["token_reused", "revoked", "password_changed", "too_many"] as const;

export type LoginEnd = (typeof loginEnds)[number];

/** The second factor of an account: a TOTP secret (RFC 6238). */
export interface SecondFactorRow {
  readonly accountId: number;
  /** In base32. */
  readonly secret: string;
  /** Whether a code of it was proven; until then it protects nothing. */
  readonly confirmed: boolean;
  /** The time step of the newest code that was taken: it and older ones are good no more. */
  readonly lastStep: number;
}

/** The right to set an account's password once. */
export interface ResetRow {
  readonly accountId: number;
  readonly expires: number;
  readonly endsTwoFactor: boolean;
  /** The account that made it; none, if it was made on the server's machine. */
  readonly issuer: number | undefined;
}

/** Failed logins in a row, of an account or an address. */
export interface FailuresRow {
  /** Whose they are; a hash, since a name may be one that does not exist. */
  readonly key: Uint8Array;
  readonly count: number;
  /** When the last one was, in milliseconds since the Unix epoch. */
  readonly time: number;
}

export interface InviteRow {
  readonly role: Role;
  readonly usesLeft: number;
  readonly expires: number;
  /** The account that made it; none, if it was made on the server's machine. */
  readonly issuer: number | undefined;
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
  | { readonly kind: "login_seen"; readonly id: string; readonly time: number }
  | { readonly kind: "login_ended"; readonly id: string; readonly reason: LoginEnd }
  | { readonly kind: "password"; readonly accountId: number; readonly password: string }
  | { readonly kind: "role"; readonly accountId: number; readonly role: Role }
  | { readonly kind: "second_factor"; readonly factor: SecondFactorRow }
  /** Its recovery codes go with it. */
  | { readonly kind: "no_second_factor"; readonly accountId: number }
  /** In place of all earlier ones. */
  | { readonly kind: "recovery_codes"; readonly accountId: number; readonly hashes: readonly Uint8Array[] }
  | { readonly kind: "recovery_code_used"; readonly accountId: number; readonly hash: Uint8Array }
  /** In place of all earlier ones of the account. */
  | { readonly kind: "reset"; readonly hash: Uint8Array; readonly reset: ResetRow }
  | { readonly kind: "no_resets"; readonly accountId: number }
  /** The invites and resets that the account has made go. */
  | { readonly kind: "void_issued"; readonly accountId: number }
  | { readonly kind: "policy"; readonly name: string; readonly value: string }
  | { readonly kind: "failures"; readonly failures: FailuresRow }
  | { readonly kind: "no_failures"; readonly key: Uint8Array }
  /** Logins last used before `loginsUsedBefore`, and invites and resets that are of no use at `time`, go. */
  | { readonly kind: "tidy_up"; readonly loginsUsedBefore: number; readonly time: number }
  | { readonly kind: "invite"; readonly hash: Uint8Array; readonly invite: InviteRow }
  | { readonly kind: "invite_used"; readonly hash: Uint8Array };

export type ChangeKind = Change["kind"];
