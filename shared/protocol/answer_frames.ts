/** What the server says when asked: each carries `re`, the `id` of the request. */
import {
  anyString,
  type Fields,
  integer,
  list,
  object,
  oneOf,
  optional,
  type Shape,
  time,
  trueOrFalse,
} from "./fields.ts";
import { roomEventItem } from "./event_frames.ts";
import { errorCodes } from "./refusal.ts";
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
      "The session is open. `token` opens the next one by `resume`. Every later event of each room is pushed, from `seq` + 1 on; " +
      "`state` compares the cursor: `behind` means that the gap is there to be paged with `history` and `after`, `reset` that the cursor is beyond what the server has.",
    fields: {
      user: object({ username: anyString, role: oneOf(...roles) }),
      token: anyString,
      rooms: list(object({
        room: anyString,
        kind: anyString,
        seq: integer(0),
        read: integer(0),
        state: oneOf("current", "behind", "reset"),
        access: optional(anyString),
        topic: optional(anyString),
      })),
    },
  },
  authority: {
    says: "The authority's certificate. It proves nothing by itself: check it before trusting it.",
    fields: { pem: anyString },
  },
  ok: {
    says: "Done, and on disk. `room`, `seq` and `time` where the request made or met an event of a room.",
    fields: { room: optional(anyString), seq: optional(integer(0)), time: optional(time) },
  },
  history: {
    says:
      "Events of a room, oldest first. `more` says that there are further ones in the direction of paging.",
    fields: { room: anyString, messages: list(roomEventItem), more: trueOrFalse },
  },
  who: {
    says: "Members of a room, by name. With `more`, go on with `after` and the last name.",
    fields: {
      room: anyString,
      users: list(object({ username: anyString, status: oneOf("online", "away", "offline") })),
      more: trueOrFalse,
    },
  },
  rooms: {
    says: "Rooms, by name. With `more`, go on with `after` and the last name.",
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
      "The new invite: `secret` goes into `register`, `link` is the same with address and pin for `chat connect`.",
    fields: { secret: anyString, link: anyString, uses: integer(1), expires: time },
  },
  pong: { says: "Here.", fields: {} },
  error: {
    says:
      "The request was refused, and nothing was changed. `message` is for people and may change; decide by `code`.",
    fields: {
      code: oneOf(...Object.keys(errorCodes) as (keyof typeof errorCodes)[]),
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
