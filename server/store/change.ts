/** What can be changed, as data: the hub decides on changes, and a batch of them is stored whole or not at all. */
import type { Level, Role, RoomEventType, Scope, Standing } from "../../shared/protocol/mod.ts";

export interface AccountRow {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
}

export interface RoomRow {
  readonly id: number;
  readonly name: string;
  readonly kind: "standard";
  readonly access: "public" | "private" | "direct";
  readonly topic: string | undefined;
  readonly description: string | undefined;
  readonly archived: boolean;
  /** How long its messages are kept, in milliseconds; undefined for as long as the server keeps them. */
  readonly retentionMs: number | undefined;
  /** Whether it is under legal hold. */
  readonly held: boolean;
  /** The account that made it; none made the first room. */
  readonly creatorId: number | undefined;
}

/** What several files of one room may share: bytes that lie sealed beside the database. */
export interface ContentRow {
  /** The name of its bytes on the disk. */
  readonly place: string;
  readonly roomId: number;
  /** In bytes. */
  readonly size: number;
  /** The SHA-256 of it, in base64url. */
  readonly digest: string;
  /** The key that its blocks are sealed with, in base64url. */
  readonly key: string;
  /** Of a picture, in pixels, as it is looked at. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** Its small picture, which lies beside it and is sealed with the same key. */
  readonly preview?: { readonly size: number; readonly digest: string } | undefined;
}

/** A file that somebody has uploaded whole. */
export interface FileRow {
  /** What it is called in frames: unguessable. */
  readonly id: string;
  /** Where its content is. */
  readonly place: string;
  readonly roomId: number;
  readonly accountId: number;
  readonly name: string;
  readonly mediaType: string | undefined;
  readonly time: number;
  /** What was uploaded; what is kept of a picture is something else. */
  readonly uploaded: { readonly size: number; readonly digest: string };
  /** The message that it came with; undefined until it is sent. */
  readonly seq?: number | undefined;
}

/** A file of which only a part is here. */
export interface UploadRow {
  readonly id: string;
  readonly roomId: number;
  readonly accountId: number;
  readonly name: string;
  readonly mediaType: string | undefined;
  readonly size: number;
  /** The SHA-256 that it is said to have, in base64url. */
  readonly digest: string;
  /** The key that its blocks are sealed with, in base64url. */
  readonly key: string;
  readonly time: number;
}

export const calls = ["room", "here"] as const;

export type Call = (typeof calls)[number];

/** An event of a room as it is stored: who did what, and in which place. */
export interface EventRow {
  readonly seq: number;
  readonly type: RoomEventType;
  readonly accountId: number;
  readonly time: number;
  /** What was said; of a message that was deleted nothing. The emoji, standing or change (in JSON) of events that have one. */
  readonly text: string | undefined;
  /** The text was changed on the disk by somebody else, and cannot be read. */
  readonly damaged?: boolean;
  /** The message that an event is about. */
  readonly target?: number | undefined;
  /** The message that a reply belongs to. */
  readonly thread?: number | undefined;
  readonly quote?: number | undefined;
  /** The event that put an emoji which is taken back here. */
  readonly reaction?: number | undefined;
  /** Whom a message means beside those it names: everybody in the room, or everybody who was here. */
  readonly calls?: Call | undefined;
  /** Whom somebody else did it to. */
  readonly subjectId?: number | undefined;
  /** When the text was last changed. */
  readonly edited?: number | undefined;
  readonly pinned?: boolean | undefined;
  /** When a message is over by itself, in milliseconds since the Unix epoch. */
  readonly expires?: number | undefined;
  /** The messages that are gone by this event. */
  readonly targets?: readonly number[] | undefined;
}

/** One earlier text of a message. */
export interface RevisionRow {
  readonly text: string;
  /** When it was said. */
  readonly time: number;
}

/** How one account stands to a thread, whose first message is `seq`. */
export interface ThreadMarkRow {
  readonly accountId: number;
  readonly roomId: number;
  readonly seq: number;
  /** Undefined where nobody has decided it yet. */
  readonly following: boolean | undefined;
  readonly read: number;
}

/** What was written and not sent, in a room (`thread` is 0) or a thread. */
export interface DraftRow {
  readonly accountId: number;
  readonly roomId: number;
  readonly thread: number;
  readonly time: number;
  readonly text: string;
}

/** What somebody tells of themselves. */
export interface ProfileRow {
  readonly displayName?: string | undefined;
  readonly statusText?: string | undefined;
  readonly timeZone?: string | undefined;
}

/** A way to come back without the password. Only SHA-256 hashes of tokens are kept. */
export interface LoginRow {
  /** The SHA-256 of what its tokens begin with, in base64url. */
  readonly id: string;
  readonly accountId: number;
  /** What its client called itself. */
  readonly name: string | undefined;
  readonly created: number;
  /** Whether its token stays the same: a program's, or one in a browser's cookie, which several tabs bring at once. */
  readonly fixed: boolean;
  /** The token that was used last; good until `next` is used. */
  readonly current: Uint8Array | undefined;
  /** The token that was given out last. */
  readonly next: Uint8Array;
  /** When a session of it was last open. */
  readonly used: number;
  /** Why it is good no more, if so. It is kept so that whoever brings its token can be told. */
  readonly ended: LoginEnd | undefined;
}

export const loginEnds = [
  "token_reused",
  "revoked",
  "password_changed",
  "too_many",
  "deactivated",
  "renewed",
] as const;

export type LoginEnd = (typeof loginEnds)[number];

/** A bot that was made on the server's machine, and that the server has yet to make an account of. */
export interface BotOfferRow {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** The id of its login, and the hash of its token. */
  readonly loginId: string;
  readonly token: Uint8Array;
}

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
  /** The text that it has now becomes an earlier one. `accountId` is whoever said the message. */
  | {
    readonly kind: "message_text";
    readonly roomId: number;
    readonly seq: number;
    readonly accountId: number;
    readonly text: string;
    readonly calls: Call | undefined;
    readonly time: number;
  }
  /** Its texts, files, reactions, pin and mentions go with it. What stays is who said something there, when, and in which thread. */
  | { readonly kind: "message_deleted"; readonly roomId: number; readonly seq: number }
  /** The same for many at once, which costs less. */
  | { readonly kind: "messages_expired"; readonly roomId: number; readonly seqs: readonly number[] }
  | { readonly kind: "upload"; readonly upload: UploadRow }
  /** With `discarded`, what was uploaded goes with it. */
  | { readonly kind: "no_upload"; readonly id: string; readonly discarded: boolean }
  | { readonly kind: "content"; readonly content: ContentRow }
  | { readonly kind: "file"; readonly file: FileRow }
  /** `number` counts the files of one message. */
  | { readonly kind: "file_sent"; readonly id: string; readonly seq: number; readonly number: number }
  /** The content goes too when no other file has it. */
  | { readonly kind: "no_file"; readonly id: string }
  /** Bytes that belonged to nothing are gone from the disk. */
  | { readonly kind: "no_discarded"; readonly place: string }
  /** `seq` is that of the event `reacted`. */
  | { readonly kind: "reaction_gone"; readonly roomId: number; readonly seq: number }
  | { readonly kind: "pin"; readonly roomId: number; readonly seq: number; readonly pinned: boolean }
  /** In place of all earlier ones of the message. */
  | {
    readonly kind: "mentions";
    readonly roomId: number;
    readonly seq: number;
    /** Everybody whom it means. */
    readonly accountIds: readonly number[];
    /** Those of them whom it names. */
    readonly namedIds: readonly number[];
  }
  | { readonly kind: "thread_mark"; readonly mark: ThreadMarkRow }
  | { readonly kind: "draft"; readonly draft: DraftRow }
  | {
    readonly kind: "no_draft";
    readonly accountId: number;
    readonly roomId: number;
    readonly thread: number;
  }
  | { readonly kind: "room"; readonly room: RoomRow; readonly time: number }
  | { readonly kind: "room_changed"; readonly room: RoomRow }
  | {
    readonly kind: "member";
    readonly roomId: number;
    readonly accountId: number;
    /** The event by which it begins: all before it counts as read. */
    readonly read: number;
    readonly standing?: Standing | undefined;
  }
  | {
    readonly kind: "standing";
    readonly roomId: number;
    readonly accountId: number;
    readonly standing: Standing;
  }
  | { readonly kind: "level"; readonly roomId: number; readonly accountId: number; readonly level: Level }
  | { readonly kind: "ban"; readonly roomId: number; readonly accountId: number }
  | { readonly kind: "no_ban"; readonly roomId: number; readonly accountId: number }
  /** It holds until `no_mute`, also while they are not in the room. `byId` is whoever muted them. */
  | {
    readonly kind: "mute";
    readonly roomId: number;
    readonly accountId: number;
    readonly byId: number;
  }
  | { readonly kind: "no_mute"; readonly roomId: number; readonly accountId: number }
  | { readonly kind: "profile"; readonly accountId: number; readonly profile: ProfileRow }
  | { readonly kind: "busy"; readonly accountId: number; readonly busy: boolean }
  | { readonly kind: "deactivated"; readonly accountId: number; readonly deactivated: boolean }
  | { readonly kind: "no_member"; readonly roomId: number; readonly accountId: number }
  | { readonly kind: "read"; readonly roomId: number; readonly accountId: number; readonly seq: number }
  | {
    readonly kind: "account";
    readonly account: AccountRow;
    /** None opens a bot. */
    readonly password: string | undefined;
    readonly time: number;
  }
  /** The account is a bot, which may do what its scopes say. */
  | { readonly kind: "bot"; readonly accountId: number; readonly scopes: readonly Scope[] }
  | { readonly kind: "bot_offer"; readonly offer: BotOfferRow }
  | { readonly kind: "no_bot_offer"; readonly name: string }
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
  /** Logins of people last used before `loginsUsedBefore`, and invites and resets that are of no use at `time`, go. */
  | { readonly kind: "tidy_up"; readonly loginsUsedBefore: number; readonly time: number }
  | { readonly kind: "invite"; readonly hash: Uint8Array; readonly invite: InviteRow }
  | { readonly kind: "invite_used"; readonly hash: Uint8Array };

export type ChangeKind = Change["kind"];
