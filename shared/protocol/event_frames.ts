/** What the server says unasked: events of rooms, which have a `seq` and stay, and momentary signals, which do not. */
import {
  anyString,
  errorCode,
  type Field,
  type Fields,
  integer,
  isRecord,
  list,
  maybeText,
  object,
  optional,
  readFields,
  type Shape,
  text,
  time,
  trueOrFalse,
  wordOf,
} from "./fields.ts";
import { limits } from "./limits.ts";
import { levels, presences, roles, standings } from "./roles.ts";
import { Refusal } from "./refusal.ts";

export interface EventDeclaration {
  readonly says: string;
  readonly fields: Fields;
}

function declare<const D extends Readonly<Record<string, EventDeclaration>>>(declarations: D): D {
  return declarations;
}

/** A file as its message shows it. */
export const shownFile = object({
  file: anyString,
  name: anyString,
  size: integer(1),
  mediaType: optional(anyString),
  width: optional(integer(1)),
  height: optional(integer(1)),
  preview: optional(trueOrFalse),
});

/** Events of a room: numbered by `seq` without a hole, kept, pushed to members and found in `history`. */
export const roomEventFrames = declare({
  message: {
    says:
      "Somebody said something. It goes to every session of every member, also to the other sessions of whoever said it; " +
      "the session that sent it gets `ok` in its place. `thread` is the message that it replies to, `quote` one that it takes up, " +
      "`mentions` whom it means by name (`@room` and `@here` stand for all). In `history` a message is as it is now: `edited` is " +
      "when it was last changed; a `deleted` one has no text; `reactions`, `pinned`, and as `replies` how many there are, the newest " +
      "one and the last few people who replied. `files` came with it; a file with `preview` has a small picture. It is gone when `expires` is over.",
    fields: {
      from: anyString,
      text: optional(maybeText(limits.textCodePoints)),
      thread: optional(integer(1)),
      quote: optional(integer(1)),
      edited: optional(time),
      deleted: optional(trueOrFalse),
      pinned: optional(trueOrFalse),
      reactions: optional(list(object({ emoji: anyString, from: list(anyString) }))),
      replies: optional(object({ count: integer(1), seq: integer(1), from: list(anyString) })),
      mentions: optional(list(anyString)),
      files: optional(list(shownFile)),
      expires: optional(time),
    },
  },
  expired: {
    says:
      "The messages `targets` are gone, as if they had been deleted: their time was over, or the room's or the server's for all messages. Nobody " +
      "did it.",
    fields: { targets: list(integer(1)) },
  },
  joined: {
    says:
      "Somebody became a member, where `by` is there because that one added them. The session that caused it gets `ok` in its place. If it is " +
      "yourself, in a room that you were not in, you are in it from here on: `rooms` tells what room it is. In a direct conversation `people` are " +
      "all who are in it.",
    fields: { username: anyString, by: optional(anyString), people: optional(list(anyString)) },
  },
  left: {
    says:
      "Somebody is no longer a member, where `by` is there because that one removed them (`banned`: for good). The session that " +
      "caused it gets `ok` in its place. If it is yourself, it is the last that you hear of the room.",
    fields: { username: anyString, by: optional(anyString), banned: optional(trueOrFalse) },
  },
  edited: {
    says:
      "The message `target` has another text from now on. In `history` it is there too, with the text that the message has now, " +
      "or without one if it was deleted since. `mentions` is whom it means now.",
    fields: {
      target: integer(1),
      from: anyString,
      text: optional(text(limits.textCodePoints)),
      mentions: optional(list(anyString)),
    },
  },
  deleted: {
    says:
      "The message `target` is gone, with its text, its earlier texts and its reactions. Its place stays.",
    fields: { target: integer(1), from: anyString },
  },
  reacted: {
    says:
      "Somebody put an emoji to the message `target`. In `history` without `emoji` where it was taken back since.",
    fields: { target: integer(1), from: anyString, emoji: optional(anyString) },
  },
  unreacted: {
    says: "Somebody took an emoji back that they had put to the message `target`, by the event `reaction`.",
    fields: { target: integer(1), from: anyString, reaction: integer(1) },
  },
  pinned: {
    says: "The message `target` is pinned to the room.",
    fields: { target: integer(1), from: anyString },
  },
  unpinned: {
    says: "The message `target` is pinned no more.",
    fields: { target: integer(1), from: anyString },
  },
  changed: {
    says:
      "Somebody changed what is said of the room: each field that is there is so from now on; an empty text is none.",
    fields: {
      from: anyString,
      topic: optional(anyString),
      description: optional(anyString),
      access: optional(anyString),
      archived: optional(trueOrFalse),
      held: optional(trueOrFalse),
      retentionMs: optional(integer(0)),
    },
  },
  standing: {
    says:
      "Somebody's standing in the room is another from now on: `moderator`s see to the room, `muted` ones only read, `member` is usual. When " +
      "the last moderator goes, whoever was there longest becomes one, and `by` is whoever went or caused it.",
    fields: { username: anyString, by: anyString, standing: wordOf("member", ...standings) },
  },
});

export type RoomEventType = keyof typeof roomEventFrames;

export const roomEventTypes = Object.keys(roomEventFrames) as RoomEventType[];

/** Where an event stands, beside its `type` and its own fields; pushed, it has `room` too. */
export const eventPlace = { seq: integer(1), time } satisfies Fields;

/** An event of a room as `history` holds it. */
export type RoomEvent<T extends RoomEventType = RoomEventType> = {
  [K in T]: { readonly type: K } & Shape<typeof eventPlace> & Shape<(typeof roomEventFrames)[K]["fields"]>;
}[T];

/** An event of a kind that a newer server knows: it has its place in the order, and nothing to show. */
export interface UnknownRoomEvent {
  readonly type: "unknown";
  readonly seq: number;
  readonly time: number;
}

export function isRoomEventType(type: unknown): type is RoomEventType {
  return typeof type === "string" && Object.hasOwn(roomEventFrames, type);
}

/** Reads an event of a room from an object that has its `type`, `seq` and `time`. */
export function readRoomEvent(source: Readonly<Record<string, unknown>>): RoomEvent | UnknownRoomEvent {
  const where = readFields(eventPlace, source);
  const type = source.type;
  if (!isRoomEventType(type)) return { type: "unknown", ...where };
  return { type, ...where, ...readFields(roomEventFrames[type].fields, source) } as RoomEvent;
}

export const roomEventItem: Field<RoomEvent | UnknownRoomEvent> = {
  takes: "an event of the room with its `type`, without `room`",
  optional: false,
  read(value, name) {
    if (isRecord(value)) return readRoomEvent(value);
    throw new Refusal("bad_request", `Field "${name}" must be an object`);
  },
};

/** What people tell of themselves. `username` is theirs alone. `displayName` is not: show it with the username, never instead of it. */
export const profileFields = {
  username: anyString,
  displayName: optional(anyString),
  statusText: optional(anyString),
  timeZone: optional(anyString),
  role: wordOf("member", ...roles),
  deactivated: optional(trueOrFalse),
  bot: optional(trueOrFalse),
} satisfies Fields;

/** Signals: they pass, and are not kept. */
export const signalFrames = declare({
  auth_required: {
    says:
      "The first line of every connection. `server` is the software, `name` what people call this server. `methods` are the " +
      "requests that open a session, `registration` says whether `register` needs nothing, an invite, or is refused. " +
      "`limits` are the bytes of a line after authentication and the code points of a text.",
    fields: {
      protocol: integer(1),
      server: anyString,
      name: anyString,
      methods: list(anyString),
      registration: wordOf("closed", "open", "invite"),
      limits: object({ line: integer(1), text: integer(1) }),
    },
  },
  presence: {
    says:
      `Somebody else with whom you share a room of at most ${limits.presenceMembers} members came or went, or has come into such a room. Changes within a moment that ` +
      "cancel out are not told. `who` tells the state to begin with. `away` is somebody whose clients are all idle, `busy` somebody " +
      "who wants to be left alone. Of yourself you are told when another session says or takes back that you are `busy`.",
    fields: { username: anyString, status: wordOf("offline", ...presences) },
  },
  unread: {
    says:
      "What you have not read in a room, after anything but a new message has changed it: a session of yours, also this one, moved the mark, " +
      "which is `read`, or a message was deleted or edited. It holds with everything that the room was told before it. New messages are counted " +
      "by each client: one by somebody else, without `thread`, is one more in `unread`, and in `mentions` if its own `mentions` has your name, " +
      "`@room` or `@here`; one of your own, without `thread`, moves the mark to itself, and nothing is unread. Neither is more than " +
      `${limits.unreadMax}.`,
    fields: { room: anyString, read: integer(0), unread: integer(0), mentions: integer(0) },
  },
  thread: {
    says:
      "How you stand to the thread that begins with `seq`, after anything but a new reply has changed it: a session of yours, also this one, " +
      "follows or leaves it or has read in it, you follow it from now on because you were named, or a reply was deleted. It holds with everything " +
      "that the room was told before it. New replies are counted by each client: one by somebody else is one more in `unread` of a thread that you " +
      "follow; one of your own moves `read` to itself, and nothing is unread. It is never more than " +
      `${limits.unreadMax}.`,
    fields: {
      room: anyString,
      seq: integer(1),
      following: trueOrFalse,
      read: integer(0),
      unread: integer(0),
    },
  },
  draft: {
    says: "Another session of yours keeps this unsent text for a room or a thread; an empty one keeps none.",
    fields: { room: anyString, thread: optional(integer(1)), text: anyString, time },
  },
  level: {
    says: "Another session of yours chose what to be notified of in a room.",
    fields: { room: anyString, level: wordOf("all", ...levels) },
  },
  typing: {
    says:
      `Somebody is writing in a room or a thread. It is so for ${limits.typingMs} ms, unless a message of theirs comes first.`,
    fields: { room: anyString, username: anyString, thread: optional(integer(1)) },
  },
  profile: {
    says:
      `Somebody with whom you share a room of at most ${limits.presenceMembers} members, or another session of yours, changed what is told ` +
      "of them, or the role or the end of their account did. What is not there is not set. It is left out for a reader that is behind: `profile` " +
      "tells it.",
    fields: profileFields,
  },
  role: {
    says: "Your own role is another one from now on.",
    fields: { role: wordOf("member", ...roles) },
  },
  alert: {
    says:
      "Something happened to your account that you should know: `new_login`, a login from `device` that was not there before, or a second use of a token of its login; " +
      "`token_reused`, a login that was ended because an old token of it came back; `recovery_code_used`.",
    fields: {
      about: wordOf("other", "new_login", "token_reused", "recovery_code_used"),
      device: optional(anyString),
      time,
    },
  },
  ping: { says: "Are you there? Answer with `pong`.", fields: {} },
  bye: {
    says: "The last line of a session that the server ends, where it can still be written. `code` says why.",
    fields: {
      code: errorCode,
      message: anyString,
      retryAfterMs: optional(integer(0)),
    },
  },
});

export type SignalType = keyof typeof signalFrames;

export type Signal<T extends SignalType = SignalType> = {
  [K in T]: { readonly type: K } & Shape<(typeof signalFrames)[K]["fields"]>;
}[T];

/** An event of a room as it is pushed. */
export type Push<T extends RoomEventType = RoomEventType> = RoomEvent<T> & { readonly room: string };
