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
import { profileFields, roomEventItem, shownFile } from "./event_frames.ts";
import { levels, presences, roles, standings } from "./roles.ts";

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
      "two-factor of everybody and you have none yet: until it is set up there are no rooms, and most requests are `two_factor_required`. " +
      "Topics that would make the line too long are left out; `rooms` tells them. " +
      "A bot is told its `scopes`, and as `token` the one that it came by; without the scope `read` there are no rooms. " +
      "`unread` and `mentions` are how many messages of others came after `read`, replies in threads not counted, and how many of them mean " +
      "you. `people` are those in a direct conversation (`access` is `direct`). What is as usual is left out: not `archived`, `standing` as a " +
      "`member`, `level` `all`, and nothing `unread`.",
    fields: {
      user: object({
        username: anyString,
        role: wordOf("member", ...roles),
        twoFactor: optional(trueOrFalse),
        busy: optional(trueOrFalse),
        scopes: optional(list(anyString)),
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
        archived: optional(trueOrFalse),
        held: optional(trueOrFalse),
        retentionMs: optional(integer(1)),
        people: optional(list(anyString)),
        standing: optional(wordOf("member", ...standings)),
        level: optional(wordOf("all", ...levels)),
        unread: optional(integer(0)),
        mentions: optional(integer(0)),
      })),
    },
  },
  bot: {
    says:
      "A bot and its token, which goes into `bot_login`; `link` holds it with the server's address and pin. `hook`, to which the name of a room is to " +
      "be added, is where other programs may post what the bot shall say. It is shown this once: the server keeps only its hash.",
    fields: {
      username: anyString,
      scopes: list(anyString),
      token: anyString,
      link: anyString,
      hook: optional(anyString),
    },
  },
  bots: {
    says:
      "Bots, in the order of their names. `seen` is when they last were connected. With `more`, go on with `after` and the last name.",
    fields: {
      bots: list(object({
        username: anyString,
        scopes: list(anyString),
        rooms: integer(0),
        online: trueOrFalse,
        deactivated: optional(trueOrFalse),
        seen: optional(time),
      })),
      more: trueOrFalse,
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
      "Without `time`, `seq` is the newest event (the room was already as asked for, as in a `join` of a room one is in) or the mark as it now is (`read`, `unread`, `follow`, `read_thread`). " +
      "Of a message, `thread`, `mentions`, `files` and `expires` are what everybody else is told of it. " +
      "`deviceProof`, after `change_password`, takes the place of the one from before.",
    fields: {
      room: optional(anyString),
      seq: optional(integer(0)),
      time: optional(time),
      thread: optional(integer(1)),
      mentions: optional(list(anyString)),
      files: optional(list(shownFile)),
      expires: optional(time),
      deviceProof: optional(anyString),
    },
  },
  history: {
    says:
      "Events of a room, oldest first. `more` says that there are further ones in the direction of paging, and with `around` that there " +
      "are newer ones; older ones there are unless the first is number 1.",
    fields: { room: anyString, messages: list(roomEventItem), more: trueOrFalse },
  },
  who: {
    says:
      "Members of a room, in the order of their names. What is usual is left out: the standing and the role `member`. With `more`, go on " +
      "with `after` and the last name.",
    fields: {
      room: anyString,
      users: list(object({
        username: anyString,
        status: wordOf("offline", ...presences),
        standing: optional(wordOf("member", ...standings)),
        role: optional(wordOf("member", ...roles)),
        displayName: optional(anyString),
        deactivated: optional(trueOrFalse),
        bot: optional(trueOrFalse),
      })),
      more: trueOrFalse,
    },
  },
  bans: {
    says:
      "People who were banned from a room, in the order of their names. With `more`, go on with `after` and the last name.",
    fields: { room: anyString, usernames: list(anyString), more: trueOrFalse },
  },
  rooms: {
    says:
      "Rooms, in the order of their names; `members` is how many are in it, `member` whether you are, `standing` is yours if it is not that of a " +
      "`member`, `people` are those in a direct conversation. With `more`, go on with `after` and the last name.",
    fields: {
      rooms: list(object({
        room: anyString,
        kind: anyString,
        access: anyString,
        members: integer(0),
        member: trueOrFalse,
        standing: optional(wordOf("member", ...standings)),
        topic: optional(anyString),
        description: optional(anyString),
        archived: optional(trueOrFalse),
        held: optional(trueOrFalse),
        retentionMs: optional(integer(1)),
        people: optional(list(anyString)),
      })),
      more: trueOrFalse,
    },
  },
  invite: {
    says:
      "The new invite: `secret` goes into `register` as `invite`; `link` holds it with the server's address and pin.",
    fields: { secret: anyString, link: anyString, uses: integer(1), expires: time },
  },
  thread: {
    says:
      "A thread: the message that it began with, and its replies, oldest first. `following` is whether you are told of it, `read` up to where " +
      "you have read it, `unread` how many replies of others came after. `more` says that there are further ones in the direction of paging.",
    fields: {
      room: anyString,
      root: roomEventItem,
      messages: list(roomEventItem),
      following: trueOrFalse,
      read: integer(0),
      unread: integer(0),
      more: trueOrFalse,
    },
  },
  threads: {
    says:
      "The threads that you follow, the one with the newest reply first, each with its first message. `newest` is the newest reply that was not " +
      "deleted, said at `time`; where there is none, the first message itself. With `more`, go on with `before` and the last `time`.",
    fields: {
      threads: list(object({
        room: anyString,
        root: roomEventItem,
        newest: integer(1),
        time,
        read: integer(0),
        unread: integer(0),
      })),
      more: trueOrFalse,
    },
  },
  upload: {
    says:
      "How far an upload has come: `received` bytes are here, and where that is all of them, `whole` says that the content is right and on disk. " +
      "`size` and `digest` are those of what is kept, which for a picture is without what its camera noted in it, such as the place.",
    fields: {
      file: anyString,
      received: integer(0),
      chunkBytes: integer(1),
      whole: optional(trueOrFalse),
      size: optional(integer(1)),
      digest: optional(anyString),
    },
  },
  chunk: {
    says:
      "Bytes of a file in base64 from `at` on, to the end of the chunk that they are in. `size` and `digest` are those of the whole file, or of the whole small picture.",
    fields: {
      file: anyString,
      at: integer(0),
      data: anyString,
      size: integer(1),
      digest: anyString,
    },
  },
  revisions: {
    says:
      "All texts that a message has had, oldest first; the last is today's. `time` is when it was said. With `more`, ask again with as many in " +
      "`after` as you have.",
    fields: {
      room: anyString,
      seq: integer(1),
      revisions: list(object({ text: anyString, time })),
      more: trueOrFalse,
    },
  },
  messages: {
    says:
      "Messages of one's rooms, the newest first, each with the room that it is in. With `more`, ask again with `next` as `before`.",
    fields: {
      messages: list(object({ room: anyString, message: roomEventItem })),
      more: trueOrFalse,
      next: optional(integer(1)),
    },
  },
  search: {
    says:
      "What was found, the newest first, each with the messages `before` and `after` it in the room or the thread. `next` goes into the next " +
      "search as `before`, and is there when there may be more, also where few or no results are: looking on would take too long. `indexed` " +
      "is false while messages are still being indexed, so that some may be missing.",
    fields: {
      results: list(object({
        room: anyString,
        message: roomEventItem,
        before: optional(roomEventItem),
        after: optional(roomEventItem),
      })),
      next: optional(integer(1)),
      indexed: trueOrFalse,
    },
  },
  profile: { says: "What somebody tells of themselves.", fields: profileFields },
  drafts: {
    says:
      "The unsent texts that your sessions keep, the newest first. With `more`, go on with `before` and the last `time`.",
    fields: {
      drafts: list(object({ room: anyString, thread: optional(integer(1)), text: anyString, time })),
      more: trueOrFalse,
    },
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
        deactivated: optional(trueOrFalse),
        bot: optional(trueOrFalse),
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
    fields: {
      twoFactor: wordOf("optional", "optional", "required"),
      retentionMs: optional(integer(0)),
    },
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
