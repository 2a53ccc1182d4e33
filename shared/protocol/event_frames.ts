/** What the server says unasked: events of rooms, which have a `seq` and stay, and momentary signals, which do not. */
import {
  anyString,
  type Field,
  type Fields,
  integer,
  isRecord,
  list,
  object,
  oneOf,
  optional,
  readFields,
  type Shape,
  text,
  time,
} from "./fields.ts";
import { limits } from "./limits.ts";
import { errorCodes, Refusal } from "./refusal.ts";

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
      "Somebody said something. It goes to every session of every member but the one that sent it, which gets `ok`.",
    fields: { from: anyString, text: text(limits.textCodePoints) },
  },
  joined: { says: "Somebody became a member.", fields: { username: anyString } },
  left: { says: "Somebody is no longer a member.", fields: { username: anyString } },
});

export type RoomEventType = keyof typeof roomEventFrames;

const place = { seq: integer(1), time } satisfies Fields;

/** An event of a room as `history` holds it. */
export type RoomEvent<T extends RoomEventType = RoomEventType> = {
  [K in T]: { readonly type: K } & Shape<typeof place> & Shape<(typeof roomEventFrames)[K]["fields"]>;
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
  const where = readFields(place, source);
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
      "The first line of every connection: what this server is, how to authenticate, who may register, and its limits.",
    fields: {
      protocol: integer(1),
      server: anyString,
      name: anyString,
      methods: list(anyString),
      registration: oneOf("open", "invite", "closed"),
      limits: object({ line: integer(1), text: integer(1) }),
    },
  },
  presence: {
    says:
      "Somebody you share a room with (of at most 200 members) came or went. Changes that cancel out are not told.",
    fields: { username: anyString, status: oneOf("online", "away", "offline") },
  },
  read: {
    says: "Another session of yours has read up to `seq`.",
    fields: { room: anyString, seq: integer(0) },
  },
  ping: { says: "Are you there? Answer with `pong`.", fields: {} },
  bye: {
    says: "The last line of a session that the server ends.",
    fields: {
      code: oneOf(...Object.keys(errorCodes) as (keyof typeof errorCodes)[]),
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
