/** What a client may say. Each request is declared here once: its type, check, gate, handler key and page derive from it. */
import {
  anyString,
  base64,
  cursors,
  digest,
  emoji,
  type Fields,
  integer,
  list,
  maybeLine,
  maybeText,
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
import {
  colleagues,
  everybody,
  levels,
  owners,
  type Role,
  roles,
  type Scope,
  scopes,
  staff,
  standings,
} from "./roles.ts";

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
    /** What a bot that asks it needs. Without it, it is nothing for bots. */
    readonly scope?: Scope;
  };

export type RequestDeclaration = Askers & {
  readonly answer: AnswerType | "nothing";
  readonly says: string;
  readonly fields: Fields;
};

/** What a person calls the machine or program that they connect with. */
const deviceName = text(limits.deviceNameCodePoints);

/** What a file is called, without the folders that it came from. */
const fileName = maybeLine(limits.fileNameCodePoints);

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
      "successor, in the answer, is first used. On a WebSocket the `token` is left out: the browser's cookie stands for it. Who is `deaf` only asks: " +
      "there are no rooms in the answer, nothing of them is told, and nobody sees that somebody is there.",
    fields: { token: anyString, cursors: optional(cursors), deaf: optional(trueOrFalse) },
  },
  bot_login: {
    phase: "stranger",
    answer: "auth_success",
    says:
      "Open a session of a bot with its `token`, which stays the same for the next one. A bot asks what its scopes allow, in the rooms that it was " +
      "added to; without `read` it hears nothing of them.",
    fields: { token: anyString },
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
      "Become a member of a public room. Joining twice is fine. Of a private room, `no_such_room` is the answer, and of one that one was banned " +
      "from `forbidden`.",
    fields: { room: roomName },
  },
  leave: {
    phase: "member",
    roles: everybody,
    answer: "ok",
    says:
      "Stop being a member of a room. Its later events are not pushed any more. If one was its last moderator, whoever was there longest becomes " +
      "one. A direct conversation cannot be left.",
    fields: { room: roomName },
  },
  create: {
    phase: "member",
    roles: colleagues,
    answer: "ok",
    says:
      "Make a room and become its first member and moderator. Everybody sees and may join a `public` room (the default); " +
      "a `private` one is seen by its members alone. The only `kind` of room so far is `standard`. Names that begin with `dm.` are those of " +
      "direct conversations.",
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
    scope: "read",
    answer: "rooms",
    says: "List the public rooms and one's own, those whose names come after `after`.",
    fields: { after: optional(roomName) },
  },
  send: {
    phase: "member",
    roles: everybody,
    scope: "send",
    answer: "ok",
    says:
      "Say something in a room. The `ok` comes when the message is on disk. Repeat it after a lost connection with the same `nonce`. " +
      "`thread` is the message that it replies to (a reply to a reply is one to the first message of the thread), `quote` one that it takes up. " +
      "`@name` means a member, `@room` everybody in the room, `@here` those who are here; not in code, nor within an address. " +
      "`files` are uploads of one's own to this room that are whole; the text may be empty then. After `lifeMs` the message expires: it is " +
      "gone as if it had been deleted.",
    fields: {
      room: roomName,
      text: maybeText(limits.textCodePoints),
      files: optional(list(shortString(limits.idCharacters))),
      lifeMs: optional(integer(limits.lifeMsMin, limits.lifeMsMax)),
      nonce: optional(shortString(limits.nonceCharacters)),
      thread: optional(integer(1)),
      quote: optional(integer(1)),
    },
  },
  upload: {
    phase: "member",
    roles: everybody,
    scope: "files",
    answer: "upload",
    says:
      "Begin to upload a file to a room, or go on where an upload of the same `room`, `name`, `size` and `digest` by the same account stopped: " +
      "`received` of the answer is where. Where the room has the same content already, it is whole at once.",
    fields: {
      room: roomName,
      name: fileName,
      size: integer(1),
      digest,
      mediaType: optional(shortString(limits.mediaTypeCharacters)),
    },
  },
  put: {
    phase: "member",
    roles: everybody,
    scope: "files",
    answer: "upload",
    says:
      "Add the next bytes to an upload: `at` is how many are before them. Every chunk but the last has `chunkBytes`. A chunk that is not the next " +
      "one changes nothing, and the answer says how many bytes are here. With the last one the " +
      "content is checked against `digest`, and the answer comes when the file is on disk.",
    fields: {
      file: shortString(limits.idCharacters),
      at: integer(0),
      data: base64(limits.chunkBytes),
    },
  },
  cancel_upload: {
    phase: "member",
    roles: everybody,
    scope: "files",
    answer: "ok",
    says: "Throw an upload away that was not sent with a message yet.",
    fields: { file: shortString(limits.idCharacters) },
  },
  get: {
    phase: "member",
    roles: everybody,
    scope: "read",
    answer: "chunk",
    says:
      "Ask for the bytes of a file from `at` on, or with `preview` for those of its small picture. Whoever may read a message may get its files.",
    fields: {
      file: shortString(limits.idCharacters),
      at: integer(0),
      preview: optional(trueOrFalse),
    },
  },
  edit: {
    phase: "member",
    roles: everybody,
    scope: "send",
    answer: "ok",
    says: "Give a message of one's own another text. Its earlier texts stay to be seen by `revisions`.",
    fields: { room: roomName, seq: integer(1), text: text(limits.textCodePoints) },
  },
  delete: {
    phase: "member",
    roles: everybody,
    scope: "send",
    answer: "ok",
    says:
      "Delete a message of one's own, or as a moderator of the room anybody's. Its text, its earlier texts and its reactions are gone for " +
      "good; its place stays, and replies to it stay. Nobody else's in a direct conversation, and nothing in a room under legal hold.",
    fields: { room: roomName, seq: integer(1) },
  },
  revisions: {
    phase: "member",
    roles: everybody,
    scope: "read",
    answer: "revisions",
    says: "Ask for all texts that a message has had, but for the first `after`.",
    fields: { room: roomName, seq: integer(1), after: optional(integer(0)) },
  },
  react: {
    phase: "member",
    roles: everybody,
    scope: "send",
    answer: "ok",
    says: "Put an emoji to a message. Twice is fine.",
    fields: { room: roomName, seq: integer(1), emoji },
  },
  unreact: {
    phase: "member",
    roles: everybody,
    scope: "send",
    answer: "ok",
    says: "Take one's emoji back. If it is not there, that is fine.",
    fields: { room: roomName, seq: integer(1), emoji },
  },
  pin: {
    phase: "member",
    roles: everybody,
    answer: "ok",
    says: "Pin a message to the room. Twice is fine.",
    fields: { room: roomName, seq: integer(1) },
  },
  unpin: {
    phase: "member",
    roles: everybody,
    answer: "ok",
    says: "Take a pin away. If it is not there, that is fine.",
    fields: { room: roomName, seq: integer(1) },
  },
  pins: {
    phase: "member",
    roles: everybody,
    scope: "read",
    answer: "messages",
    says:
      "List the pinned messages of a room, the newest first; `before` is the `next` of the answer before.",
    fields: { room: roomName, before: optional(integer(1)) },
  },
  thread: {
    phase: "member",
    roles: everybody,
    scope: "read",
    answer: "thread",
    says:
      "Page through the replies to a message, as `history` pages through a room: those just before `before`, just after `after`, or the newest.",
    fields: {
      room: roomName,
      seq: integer(1),
      before: optional(integer(0)),
      after: optional(integer(0)),
      limit: optional(integer(1, limits.historyEventsMax)),
    },
  },
  follow: {
    phase: "member",
    roles: everybody,
    answer: "ok",
    says:
      "Follow a thread, or with `following` false leave it alone. Whoever writes the first message of a thread, replies in it or is named in " +
      "a reply follows it by that, unless they have decided so themselves.",
    fields: { room: roomName, seq: integer(1), following: trueOrFalse },
  },
  read_thread: {
    phase: "member",
    roles: everybody,
    answer: "ok",
    says: "Note that a thread was read up to and including `read`. The mark never goes back.",
    fields: { room: roomName, seq: integer(1), read: integer(0) },
  },
  threads: {
    phase: "member",
    roles: everybody,
    answer: "threads",
    says: "List the threads that one follows, those whose newest reply came before the time `before`.",
    fields: { before: optional(integer(0)) },
  },
  mentions: {
    phase: "member",
    roles: everybody,
    scope: "read",
    answer: "messages",
    says:
      "List the messages in one's rooms that mean one, replies in threads too. `before` is the `next` of the answer before.",
    fields: { before: optional(integer(1)), limit: optional(integer(1, limits.historyEventsMax)) },
  },
  search: {
    phase: "member",
    roles: everybody,
    scope: "read",
    answer: "search",
    says:
      "Find messages in one's rooms that hold all words of `text`, whole words without regard to case and accents; words in double quotes stand " +
      "side by side. `room`, `from`, `has`, and the times `after` and `until` (said after the one, and not after the other) narrow it. At " +
      "least one of `text`, `room`, `from` and `has` is given. `before` is the `next` of the answer before.",
    fields: {
      text: optional(text(limits.searchCodePoints)),
      room: optional(roomName),
      from: optional(userName),
      after: optional(integer(0)),
      until: optional(integer(0)),
      has: optional(oneOf("link", "code", "mention")),
      before: optional(integer(1)),
      limit: optional(integer(1, limits.searchResultsMax)),
    },
  },
  history: {
    phase: "member",
    roles: everybody,
    scope: "read",
    answer: "history",
    says:
      "Page through a room's events: those just before `before`, those just after `after`, those on both sides of `around` " +
      "(a link to a message opens there), or with none of them the newest. The first two are exclusive, `after` may be 0 for the " +
      "beginning, and more than one of the three is `bad_request`. The answer has the oldest first.",
    fields: {
      room: roomName,
      before: optional(integer(0)),
      after: optional(integer(0)),
      around: optional(integer(1)),
      limit: optional(integer(1, limits.historyEventsMax)),
    },
  },
  read: {
    phase: "member",
    roles: everybody,
    scope: "read",
    answer: "ok",
    says:
      "Note that everything up to and including `seq` was read. The mark never goes back, and never beyond the newest event. Whoever says " +
      "something in a room, but in a thread, has read it up to there.",
    fields: { room: roomName, seq: integer(0) },
  },
  unread: {
    phase: "member",
    roles: everybody,
    answer: "ok",
    says: "Mark a room as unread from the event `seq` on: the mark goes back to before it, never forward.",
    fields: { room: roomName, seq: integer(1) },
  },
  level: {
    phase: "member",
    roles: everybody,
    answer: "ok",
    says: "Choose what to be notified of in a room. The server keeps it; clients act by it.",
    fields: { room: roomName, level: oneOf(...levels) },
  },
  draft: {
    phase: "member",
    roles: everybody,
    answer: "ok",
    says:
      "Keep an unsent text for a room or a thread, for one's other sessions. An empty one, and a message sent there, takes it away.",
    fields: { room: roomName, thread: optional(integer(1)), text: maybeText(limits.textCodePoints) },
  },
  drafts: {
    phase: "member",
    roles: everybody,
    answer: "drafts",
    says: "List one's unsent texts, those written before the time `before`.",
    fields: { before: optional(integer(0)) },
  },
  typing: {
    phase: "member",
    roles: everybody,
    scope: "send",
    answer: "ok",
    says: `Tell a room that one is writing. It is told on at most every ${
      limits.typingMs / 2
    } ms, and only in rooms that push presence.`,
    fields: { room: roomName, thread: optional(integer(1)) },
  },
  status: {
    phase: "member",
    roles: everybody,
    answer: "ok",
    says:
      "Tell how one is here: `status` is that of this session, `away` when nobody is at it and `online` when somebody is again, and one is away " +
      "when all sessions are. `busy` is that one wants to be left alone: it holds for all sessions, and until it is taken back.",
    fields: { status: optional(oneOf("online", "away")), busy: optional(trueOrFalse) },
  },
  set_profile: {
    phase: "member",
    roles: everybody,
    answer: "profile",
    says:
      "Change what others are told of oneself. A field that is not there stays as it is; an empty text takes it away. `displayName` must not " +
      "read like somebody else's username; `timeZone` is a name of the IANA database, such as `Europe/Lisbon`.",
    fields: {
      displayName: optional(maybeLine(limits.displayNameCodePoints)),
      statusText: optional(maybeLine(limits.statusCodePoints)),
      timeZone: optional(maybeLine(limits.displayNameCodePoints)),
    },
  },
  profile: {
    phase: "member",
    roles: everybody,
    scope: "read",
    answer: "profile",
    says: "Ask what somebody tells of themselves. Guests see those with whom they share a room.",
    fields: { username: userName },
  },
  direct: {
    phase: "member",
    roles: everybody,
    answer: "ok",
    says:
      "Open the direct conversation with these people, and make it if there is none: a room of its own that only they are in, whose name, the same " +
      "for all of them, the answer tells. Who is in it never changes. Guests open one only with people with whom they share a room.",
    fields: { usernames: list(userName) },
  },
  add: {
    phase: "member",
    roles: everybody,
    answer: "ok",
    says:
      "Make somebody a member of a room: in a public room every member may but guests, in a private one its moderators. Whoever was banned is " +
      "added by a moderator alone, and the ban ends by it. Guests know of those alone with whom they share a room.",
    fields: { room: roomName, username: userName },
  },
  remove: {
    phase: "member",
    roles: everybody,
    answer: "ok",
    says:
      "As a moderator, end somebody's membership; with `ban`, which holds for somebody who has left too, they cannot come back by themselves. " +
      "Owners and admins of the server are removed by its owners alone.",
    fields: { room: roomName, username: userName, ban: optional(trueOrFalse) },
  },
  bans: {
    phase: "member",
    roles: everybody,
    answer: "bans",
    says:
      "As a moderator, list who was banned from a room, those whose names come after `after`. `add` ends a ban.",
    fields: { room: roomName, after: optional(userName) },
  },
  standing: {
    phase: "member",
    roles: everybody,
    answer: "ok",
    says:
      "As a moderator, make a member a moderator, mute them, or make them a usual member. Whoever leaves and comes back is still muted. The last moderator stays one. The server's owners and " +
      "admins are moderators of every room that they are in, whatever their standing, and cannot be muted. The room `general` is theirs, and " +
      "needs no other moderator.",
    fields: { room: roomName, username: userName, standing: oneOf(...standings) },
  },
  change: {
    phase: "member",
    roles: everybody,
    answer: "ok",
    says:
      "As a moderator, change what is said of a room and who finds it. An empty text takes it away. `retentionMs` is how long its messages are " +
      "kept, an hour at least, and 0 for as long as the server keeps them; in a direct conversation everybody may change that, and nothing else. " +
      "In an archived room nothing happens but that " +
      "people leave and that it is opened again; its members read it. `general` stays public and open.",
    fields: {
      room: roomName,
      topic: optional(maybeText(limits.topicCodePoints)),
      description: optional(maybeText(limits.descriptionCodePoints)),
      access: optional(oneOf("public", "private")),
      archived: optional(trueOrFalse),
      retentionMs: optional(integer(0, limits.lifeMsMax)),
    },
  },
  hold: {
    phase: "member",
    roles: owners,
    proof: true,
    answer: "ok",
    says:
      "Put a room under legal hold, also one that one is not in, or with `held` false end that: nothing in it expires, nothing is deleted by anybody, and its earlier texts stay. " +
      "Its members are told.",
    fields: { room: roomName, held: trueOrFalse },
  },
  deactivate: {
    phase: "member",
    roles: staff,
    answer: "ok",
    says:
      "End an account's logins and let it come back no more; what it said and the rooms that it is in stay, its invites and reset links do not. " +
      "With `deactivated` false it may come back, by its password. Admins decide about members and guests, owners about everybody, but the " +
      "last owner stays. Where it is an owner or admin, `proof_required` may be the answer.",
    fields: { username: userName, deactivated: trueOrFalse },
  },
  who: {
    phase: "member",
    roles: everybody,
    scope: "read",
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
  make_bot: {
    phase: "member",
    roles: staff,
    proof: true,
    answer: "bot",
    says:
      "Make an account for a program, which comes in by a token and never by a password. It is in no room until somebody adds it to one, and its " +
      "role stays `guest`. It may do what its `scopes` say.",
    fields: { username: userName, scopes: list(oneOf(...scopes)) },
  },
  renew_bot: {
    phase: "member",
    roles: staff,
    proof: true,
    answer: "bot",
    says:
      "Make a new token for a bot, and with it say anew what it may do, where `scopes` are given. The token from before is good no more, " +
      "and its sessions end.",
    fields: { username: userName, scopes: optional(list(oneOf(...scopes))) },
  },
  bots: {
    phase: "member",
    roles: staff,
    answer: "bots",
    says: "List the bots, those whose names come after `after`. `deactivate` ends one.",
    fields: { after: optional(userName) },
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
      "without it end, and their next one is confined to setting it up. `retentionMs` is how long messages are kept in all rooms, an hour at least, 0 for ever. `proof_required` may be the answer to a change.",
    fields: {
      twoFactor: optional(oneOf("optional", "required")),
      retentionMs: optional(integer(0, limits.lifeMsMax)),
    },
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
