/** What the server says when asked: each carries `re`, the `id` of the request. */
import {
  anyString,
  errorCode,
  type Fields,
  integer,
  list,
  object,
  optional,
  type Shape,
  time,
  trueOrFalse,
  wordOf,
} from "./fields.ts";
import { roomEventItem } from "./event_frames.ts";
import { roles } from "./roles.ts";

export interface AnswerDeclaration {
  readonly says: string;
  readonly fields: Fields;
}

function declare<const D extends Readonly<Record<string, AnswerDeclaration>>>(declarations: D): D {
  return declarations;
}

export const answerFrames = declare({
  auth_success: {
    says:
      "The session is open. `token` opens the next one by `resume`. `rooms` are all rooms that you are in. `seq` is the newest event of " +
      "the room: every later one is pushed. `read` is the newest event that you have noted as read. `state` compares your cursor with " +
      "`seq`: `current` if they are equal; `behind` if the cursor is lower or absent, and the gap is yours to page; `reset` if it is " +
      "higher, which happens when the server was set back to an older backup. `device` is this login's name in `devices`. " +
      "`deviceProof`, after a password, is for the next `login` of the same account from here. With `confined` the server demands " +
      "two-factor of everybody and you have none yet: until it is set up there are no rooms, and most requests are `two_factor_required`.",
    fields: {
      user: object({
        username: anyString,
        role: wordOf("member", ...roles),
        twoFactor: optional(trueOrFalse),
      }),
      token: anyString,
      device: optional(anyString),
      deviceProof: optional(anyString),
      confined: optional(trueOrFalse),
      rooms: list(object({
        room: anyString,
        kind: anyString,
        seq: integer(0),
        read: integer(0),
        state: wordOf("behind", "current", "reset"),
        access: optional(anyString),
        topic: optional(anyString),
      })),
    },
  },
  authority: {
    says:
      "The certificate of the server's own authority, one in PEM. It proves nothing by itself: check it before trusting it.",
    fields: { pem: anyString },
  },
  ok: {
    says:
      "Done, and on disk. `room`, `seq` and `time` are those of the event that the request made, or made when it came first. " +
      "Without `time`, `seq` is the newest event (`join` of a room one is in) or the mark as it now is (`read`). " +
      "`deviceProof`, after `change_password`, takes the place of the one from before.",
    fields: {
      room: optional(anyString),
      seq: optional(integer(0)),
      time: optional(time),
      deviceProof: optional(anyString),
    },
  },
  history: {
    says:
      "Events of a room, oldest first. `more` says that there are further ones in the direction of paging.",
    fields: { room: anyString, messages: list(roomEventItem), more: trueOrFalse },
  },
  who: {
    says:
      "Members of a room, in the order of their names. With `more`, go on with `after` and the last name.",
    fields: {
      room: anyString,
      users: list(object({ username: anyString, status: wordOf("offline", "online", "away") })),
      more: trueOrFalse,
    },
  },
  rooms: {
    says:
      "Rooms, in the order of their names; `members` is how many are in it, `member` whether you are. With `more`, go on with `after` and the last name.",
    fields: {
      rooms: list(object({
        room: anyString,
        kind: anyString,
        access: anyString,
        members: integer(0),
        member: trueOrFalse,
        topic: optional(anyString),
      })),
      more: trueOrFalse,
    },
  },
  invite: {
    says:
      "The new invite: `secret` goes into `register` as `invite`; `link` holds it with the server's address and pin.",
    fields: { secret: anyString, link: anyString, uses: integer(1), expires: time },
  },
  devices: {
    says:
      "One's logins. `name` is what its client called itself, `seen` when it last was connected (now, if `online`), `current` is this one.",
    fields: {
      devices: list(object({
        device: anyString,
        name: optional(anyString),
        created: time,
        seen: time,
        online: trueOrFalse,
        current: trueOrFalse,
      })),
    },
  },
  two_factor_secret: {
    says: "The secret in base32 to type into an authenticator app, and in a link to be shown as a QR code.",
    fields: { secret: anyString, uri: anyString },
  },
  recovery_codes: {
    says: "Each of these opens the account once in place of a code. They are shown this once.",
    fields: { codes: list(anyString) },
  },
  people: {
    says:
      "Accounts, in the order of their names. `seen` is when they last were connected. With `more`, go on with `after` and the last name.",
    fields: {
      people: list(object({
        username: anyString,
        role: wordOf("member", ...roles),
        twoFactor: trueOrFalse,
        online: trueOrFalse,
        seen: optional(time),
      })),
      more: trueOrFalse,
    },
  },
  reset: {
    says:
      "The reset link: `secret` goes into `redeem_reset`; `link` holds it with the server's address and pin. It is shown this once.",
    fields: { username: anyString, secret: anyString, link: anyString, expires: time },
  },
  policy: {
    says: "What the server demands of everybody.",
    fields: { twoFactor: wordOf("optional", "optional", "required") },
  },
  pong: { says: "Here.", fields: {} },
  error: {
    says:
      "The request was refused, and but for `internal` nothing was changed. `message` is for people and may change; decide by `code`. " +
      "`retryAfterMs` is how long to wait before trying again. It has no `re` if no valid `id` could be read.",
    fields: {
      code: errorCode,
      message: anyString,
      retryAfterMs: optional(integer(0)),
    },
  },
});

export type AnswerType = keyof typeof answerFrames;

/** The answer of one type. Only an `error` about a line without a readable `id` lacks `re`. */
export type Answer<T extends AnswerType = AnswerType> = {
  [K in T]:
    & { readonly type: K; readonly re: K extends "error" ? string | undefined : string }
    & Shape<(typeof answerFrames)[K]["fields"]>;
}[T];
