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
  userName,
} from "./fields.ts";
import { limits } from "./limits.ts";
import type { AnswerType } from "./answer_frames.ts";
import type { Role } from "./roles.ts";

export interface RequestDeclaration {
  /** Who may ask: somebody without a session, somebody with one, or both. */
  readonly phase: "stranger" | "member" | "anyone";
  /** The roles that may ask, where not all may. */
  readonly roles?: readonly Role[];
  readonly answer: AnswerType | "nothing";
  readonly says: string;
  readonly fields: Fields;
}

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
    },
  },
  login: {
    phase: "stranger",
    answer: "auth_success",
    says: "Open a session with a password. Unknown names and wrong passwords are answered alike.",
    fields: {
      username: anyString,
      password: anyString,
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
    answer: "ok",
    says:
      "Become a member of a public room. Joining twice is fine. Of a private room, `no_such_room` is the answer.",
    fields: { room: roomName },
  },
  leave: {
    phase: "member",
    answer: "ok",
    says: "Stop being a member of a room. Its later events are not pushed any more.",
    fields: { room: roomName },
  },
  create: {
    phase: "member",
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
    answer: "rooms",
    says: "List the public rooms and one's own, those whose names come after `after`.",
    fields: { after: optional(roomName) },
  },
  send: {
    phase: "member",
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
    answer: "ok",
    says:
      "Note that everything up to and including `seq` was read, and tell your other sessions. The mark never goes back, and never beyond the newest event.",
    fields: { room: roomName, seq: integer(0) },
  },
  who: {
    phase: "member",
    answer: "who",
    says: "List a room's members with their presence, those whose names come after `after`.",
    fields: { room: roomName, after: optional(userName) },
  },
  invite: {
    phase: "member",
    roles: ["owner"],
    answer: "invite",
    says:
      "Make an invite for `uses` accounts (1 if absent), good for `expiresMs` milliseconds. It is shown this once: the server keeps only its hash.",
    fields: {
      uses: optional(integer(1, limits.inviteUsesMax)),
      expiresMs: optional(integer(60_000, limits.inviteLifeMsMax)),
      role: optional(oneOf("member")),
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
