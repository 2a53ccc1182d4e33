/** What the server says unasked: events of rooms, which have a `seq` and stay, and momentary signals, which do not. */
import {
  anyString,
  errorCode,
  type Field,
  type Fields,
  integer,
  isRecord,
  list,
  object,
  optional,
  readFields,
  type Shape,
  text,
  time,
  wordOf,
} from "./fields.ts";
import { limits } from "./limits.ts";
import { roles } from "./roles.ts";
import { Refusal } from "./refusal.ts";

export interface EventDeclaration {
  readonly says: string;
  readonly fields: Fields;
}

function declare<const D extends Readonly<Record<string, EventDeclaration>>>(declarations: D): D {
  return declarations;
}

/** Events of a room: numbered by `seq` without a hole, kept, pushed to members and found in `history`. */
export const roomEventFrames = declare({
  message: {
    says:
      "Somebody said something. It goes to every session of every member, also to the other sessions of whoever said it; " +
      "the session that sent it gets `ok` in its place.",
    fields: { from: anyString, text: text(limits.textCodePoints) },
  },
  joined: {
    says: "Somebody became a member. The session that joined gets `ok` in its place.",
    fields: { username: anyString },
  },
  left: {
    says: "Somebody is no longer a member. The session that left gets `ok` in its place.",
    fields: { username: anyString },
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
      `Somebody else with whom you share a room of at most ${limits.presenceMembers} members came or went. Changes within a moment that ` +
      "cancel out are not told. `who` tells the state to begin with. `away` is for later versions.",
    fields: { username: anyString, status: wordOf("offline", "online", "away") },
  },
  read: {
    says: "Another session of yours has noted by `read` that everything up to and including `seq` was read.",
    fields: { room: anyString, seq: integer(0) },
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
