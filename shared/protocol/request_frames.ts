/** What a client may say. Each request is declared here once: its type, check, gate, handler key and page derive from it. */
import {
  anyString,
  cursors,
  type Fields,
  integer,
  oneOf,
  optional,
  roomName,
  type Shape,
  shortString,
  text,
  trueOrFalse,
  userName,
} from "./fields.ts";
import { limits } from "./limits.ts";
import type { AnswerType } from "./answer_frames.ts";
import { colleagues, everybody, owners, type Role, roles, staff } from "./roles.ts";

/** Who may ask: somebody without a session, whoever it is, or somebody with a session and one of the named roles. */
export type Askers =
  | { readonly phase: "stranger" }
  | { readonly phase: "anyone" }
  | {
    readonly phase: "member";
    readonly roles: readonly Role[];
    /** May be asked even by a session that must set up its second factor before anything else. */
    readonly confined?: true;
    /** Needs a session whose person has proven lately who they are. Where that depends on the fields, the hub decides. */
    readonly proof?: true;
  };

export type RequestDeclaration = Askers & {
  readonly answer: AnswerType | "nothing";
  readonly says: string;
  readonly fields: Fields;
};

/** What a person calls the machine or program that they connect with. */
const deviceName = text(limits.deviceNameCodePoints);

function declare<const D extends Readonly<Record<string, RequestDeclaration>>>(declarations: D): D {
  return declarations;
}

export const requestFrames = declare({
  register: {
    phase: "stranger",
    answer: "auth_success",
    says:
      "Make an account and open a session. The secret of an invite as `invite` is needed where `registration` says so, and checked " +
      `before the name. \`password\` has ${limits.passwordCodePointsMin} to ${limits.passwordCodePointsMax} characters, and is ` +
      "not too easy to guess.",
    fields: {
      username: userName,
      password: anyString,
      invite: optional(anyString),
      deviceName: optional(deviceName),
    },
  },
  login: {
    phase: "stranger",
    answer: "auth_success",
    says:
      "Open a session with a password. Unknown names and wrong passwords are answered alike, and after the same time. `code` is " +
      "that of the authenticator app or a recovery code, where two-factor is on. `deviceProof`, from an earlier `auth_success` of " +
      "the same account, keeps strangers who guess at the account from locking its own devices out.",
    fields: {
      username: anyString,
      password: anyString,
      code: optional(shortString(limits.codeCharacters)),
      deviceName: optional(deviceName),
      deviceProof: optional(anyString),
    },
  },
  redeem_reset: {
    phase: "stranger",
    answer: "auth_success",
    says:
      "Set a new password with the secret of a reset link, end every other login of the account, and open a session. `code` is " +
      "needed where two-factor is on and the link does not take it off.",
    fields: {
      secret: anyString,
      password: anyString,
      code: optional(shortString(limits.codeCharacters)),
      deviceName: optional(deviceName),
    },
  },
  resume: {
    phase: "stranger",
    answer: "auth_success",
    says:
      "Open a session with the token of an earlier one, and tell how far each room was seen. The token becomes invalid when its " +
      "successor, in the answer, is first used.",
    fields: { token: anyString, cursors: optional(cursors) },
  },
  authority: {
    phase: "anyone",
    answer: "authority",
    says:
      "Ask for the certificate of the server's own authority, to be checked against a pin or by a person.",
    fields: {},
  },
  join: {
    phase: "member",
    roles: colleagues,
    answer: "ok",
    says:
      "Become a member of a public room. Joining twice is fine. Of a private room, `no_such_room` is the answer.",
    fields: { room: roomName },
  },
  leave: {
    phase: "member",
    roles: everybody,
    answer: "ok",
    says: "Stop being a member of a room. Its later events are not pushed any more.",
    fields: { room: roomName },
  },
  create: {
    phase: "member",
    roles: colleagues,
    answer: "ok",
    says:
      "Make a room and become its first member. Everybody sees and may join a `public` room (the default); " +
      "a `private` one is seen by its members alone. The only `kind` of room so far is `standard`.",
    fields: {
      room: roomName,
      kind: optional(oneOf("standard")),
      access: optional(oneOf("public", "private")),
      topic: optional(text(limits.topicCodePoints)),
    },
  },
  rooms: {
    phase: "member",
    roles: everybody,
    answer: "rooms",
    says: "List the public rooms and one's own, those whose names come after `after`.",
    fields: { after: optional(roomName) },
  },
  send: {
    phase: "member",
    roles: everybody,
    answer: "ok",
    says:
      "Say something in a room. The `ok` comes when the message is on disk. Repeat it after a lost connection with the same `nonce`.",
    fields: {
      room: roomName,
      text: text(limits.textCodePoints),
      nonce: optional(shortString(limits.nonceCharacters)),
    },
  },
  history: {
    phase: "member",
    roles: everybody,
    answer: "history",
    says:
      "Page through a room's events: those just before `before`, those just after `after`, or with neither the newest. Both are " +
      "exclusive, `after` may be 0 for the beginning, and both together are `bad_request`. The answer has the oldest first.",
    fields: {
      room: roomName,
      before: optional(integer(0)),
      after: optional(integer(0)),
      limit: optional(integer(1, limits.historyEventsMax)),
    },
  },
  read: {
    phase: "member",
    roles: everybody,
    answer: "ok",
    says:
      "Note that everything up to and including `seq` was read, and tell your other sessions. The mark never goes back, and never beyond the newest event.",
    fields: { room: roomName, seq: integer(0) },
  },
  who: {
    phase: "member",
    roles: everybody,
    answer: "who",
    says: "List a room's members with their presence, those whose names come after `after`.",
    fields: { room: roomName, after: optional(userName) },
  },
  invite: {
    phase: "member",
    roles: staff,
    answer: "invite",
    says:
      "Make an invite for `uses` accounts (1 if absent) of `role` (`member` if absent), good for `expiresMs` milliseconds, and as long " +
      "as its maker may make such a one. Only an owner invites an admin, and `proof_required` may be the answer to that. It is shown " +
      "this once: the server keeps only its hash.",
    fields: {
      uses: optional(integer(1, limits.inviteUsesMax)),
      expiresMs: optional(integer(60_000, limits.inviteLifeMsMax)),
      role: optional(oneOf("admin", "member", "guest")),
    },
  },
  change_password: {
    phase: "member",
    roles: everybody,
    confined: true,
    answer: "ok",
    says:
      "Set a new password. Every other login of the account ends, with its sessions. A wrong `current` is `auth_failed`, and counts " +
      "as a failed login. `code` is needed where two-factor is on. The answer has a new `deviceProof`.",
    fields: {
      current: anyString,
      password: anyString,
      code: optional(shortString(limits.codeCharacters)),
    },
  },
  prove: {
    phase: "member",
    roles: everybody,
    answer: "ok",
    says:
      "Prove once more who you are: for `provenMs` from then on the session may do what is answered with `proof_required` " +
      "otherwise. `code` is needed where two-factor is on. A session that was opened with a password begins proven; a resumed one " +
      "does not.",
    fields: { password: anyString, code: optional(shortString(limits.codeCharacters)) },
  },
  devices: {
    phase: "member",
    roles: everybody,
    confined: true,
    answer: "devices",
    says: "List one's own logins, the one that was seen last first.",
    fields: {},
  },
  revoke: {
    phase: "member",
    roles: everybody,
    confined: true,
    answer: "ok",
    says:
      "End one's login `device`, or without it every one but this, with their sessions. An unknown one is `no_such_device`.",
    fields: { device: optional(shortString(limits.idCharacters)) },
  },
  two_factor_begin: {
    phase: "member",
    roles: everybody,
    confined: true,
    answer: "two_factor_secret",
    says:
      "Ask for a new secret for an authenticator app (TOTP, RFC 6238). It counts only after `two_factor_confirm`. While two-factor " +
      "is on it is `forbidden`.",
    fields: { password: anyString },
  },
  two_factor_confirm: {
    phase: "member",
    roles: everybody,
    confined: true,
    answer: "recovery_codes",
    says:
      "Turn two-factor on, by a code that the app shows. The answer has the recovery codes, this once. A session that was confined " +
      "resumes by its token to become a full one.",
    fields: { code: shortString(limits.codeCharacters) },
  },
  two_factor_end: {
    phase: "member",
    roles: everybody,
    answer: "ok",
    says: "Turn two-factor off. It is `forbidden` where the server demands it of everybody.",
    fields: { password: anyString, code: shortString(limits.codeCharacters) },
  },
  recovery_codes: {
    phase: "member",
    roles: everybody,
    answer: "recovery_codes",
    says: "Make new recovery codes; those from before are good no more.",
    fields: { password: anyString, code: shortString(limits.codeCharacters) },
  },
  people: {
    phase: "member",
    roles: staff,
    answer: "people",
    says: "List the server's accounts, those whose names come after `after`.",
    fields: { after: optional(userName) },
  },
  role: {
    phase: "member",
    roles: staff,
    answer: "ok",
    says:
      "Give an account another role, effective at once. Admins make members of guests and guests of members; owners may do all but " +
      "take the role from the last owner. Where an owner or admin is made or unmade, `proof_required` may be the answer.",
    fields: { username: userName, role: oneOf(...roles) },
  },
  issue_reset: {
    phase: "member",
    roles: owners,
    proof: true,
    answer: "reset",
    says:
      "Make a link by which the person sets a new password, once, within its life, and while its maker is an owner. Every earlier one " +
      "of the account is good no more. " +
      "With `twoFactor`, using it turns two-factor off, for people who have lost their app and their recovery codes.",
    fields: { username: userName, twoFactor: optional(trueOrFalse) },
  },
  policy: {
    phase: "member",
    roles: owners,
    answer: "policy",
    says:
      "Ask what the server demands of everybody, or change what is given. Once two-factor is `required`, the sessions of people " +
      "without it end, and their next one is confined to setting it up. `proof_required` may be the answer to a change.",
    fields: { twoFactor: optional(oneOf("optional", "required")) },
  },
  ping: { phase: "anyone", answer: "pong", says: "Ask whether the server is there.", fields: {} },
  pong: {
    phase: "anyone",
    answer: "nothing",
    says: "Answer the server's `ping`. It needs no `id`.",
    fields: {},
  },
  quit: {
    phase: "anyone",
    answer: "ok",
    says: "End the connection: the server answers and closes, without `bye`.",
    fields: {},
  },
});

export type RequestType = keyof typeof requestFrames;

/** The request of one type, as it is after decoding. */
export type Request<T extends RequestType = RequestType> = {
  [K in T]: { readonly type: K; readonly id: string } & Shape<(typeof requestFrames)[K]["fields"]>;
}[T];

export function isRequestType(type: string): type is RequestType {
  return Object.hasOwn(requestFrames, type);
}

/** The declaration of a request, for whoever looks at all of them alike. */
export function declarationOf(type: RequestType): RequestDeclaration {
  return requestFrames[type];
}
