/** The closed list of error codes, each with what it means. Clients decide by the code, never by the message. */
export const errorCodes = {
  bad_frame:
    "The line is not a JSON object with a string `type`, is nested too deeply or is not valid UTF-8 (then the connection is closed).",
  bad_request: "A field is missing, has the wrong type or is out of range. The message names it.",
  unknown_type: "The server does not know a request of this type.",
  line_too_long: "The line is longer than its limit. The connection is closed.",
  not_authenticated: "This request needs a session: send `login`, `register` or `resume` first.",
  already_authenticated: "This connection has a session already.",
  auth_failed: "The name or the password is wrong. Nothing tells which.",
  auth_timeout: "No authentication came in time. The connection is closed.",
  username_exists: "Somebody has this name already.",
  username_invalid:
    "The name is not 2 to 32 characters of a-z, 0-9, dot, underscore and hyphen, starting with a letter or digit.",
  weak_password: "The password is too short, too long or a common one.",
  invite_required: "This server registers only people who bring an invite.",
  invite_invalid: "The invite is unknown, used up or expired.",
  registration_closed: "This server registers nobody.",
  code_required: "The account is protected by a second factor: repeat the login with `code`.",
  token_invalid: "The token is unknown, expired or revoked: log in with the password.",
  rate_limited: "Too many requests: wait `retryAfterMs` milliseconds.",
  busy: "The server has too much to do right now: wait `retryAfterMs` milliseconds.",
  no_such_room: "There is no such room that you may join.",
  room_exists: "A room of this name exists already.",
  not_a_member: "You are not a member of this room, whether it exists or not.",
  forbidden: "Your role may not do this.",
  text_invalid: "The text is empty, too long, or holds control characters other than newline and tab.",
  unavailable: "The server cannot store anything at the moment. Nothing was changed: try again later.",
  internal: "The server made a mistake, which it has written to its log.",
  shutting_down: "In `bye`: the server stops. Connect again after `retryAfterMs`.",
  slow_consumer: "In `bye`: you read too slowly. Connect again and resume.",
  idle: "In `bye`: nothing was heard from you for too long.",
  revoked: "In `bye`: this login was ended.",
  flood: "In `bye`: you kept sending faster than allowed.",
} as const;

export type ErrorCode = keyof typeof errorCodes;

export interface RefusalOptions {
  /** The `id` of the request that is refused, where one could be read. */
  readonly re?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  /** The connection cannot go on after this. */
  readonly closes?: boolean | undefined;
}

/** What the other side asked for and does not get. Crosses the wire as an `error` frame; everything else thrown is a fault or a bug. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly re: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly closes: boolean;

  constructor(code: ErrorCode, message: string, options: RefusalOptions = {}) {
    super(message);
    this.name = "Refusal";
    this.code = code;
    this.re = options.re;
    this.retryAfterMs = options.retryAfterMs;
    this.closes = options.closes ?? false;
  }

  /** The same refusal, as the answer to the request `re`. */
  about(re: string): Refusal {
    return new Refusal(this.code, this.message, { re, retryAfterMs: this.retryAfterMs, closes: this.closes });
  }
}
