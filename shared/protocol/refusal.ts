/** What an error code means, and what a client best does about it. */
export interface ErrorDeclaration {
  readonly means: string;
  readonly then: string;
}

function declare<const D extends Readonly<Record<string, ErrorDeclaration>>>(declarations: D): D {
  return declarations;
}

const mend = "A mistake of the client: mend it. The same line will fail again.";
const wait = "Send it again after `retryAfterMs`.";
const askAgain = "Ask the person for another one.";

/** The closed list of error codes. Clients decide by the code, never by the message. */
export const errorCodes = declare({
  bad_frame: {
    means:
      "The line is not one JSON object with a string `type`, is nested too deeply, or is not valid UTF-8 " +
      "(then the connection is closed).",
    then: mend,
  },
  bad_request: { means: "A field is missing, has the wrong type or is out of range.", then: mend },
  unknown_type: {
    means: "The server knows no request of this type.",
    then: "The server is older than the client: do without this request.",
  },
  line_too_long: { means: "The line is longer than its limit. The connection is closed.", then: mend },
  not_authenticated: {
    means: "This request needs a session.",
    then: "Send `login`, `register` or `resume` first.",
  },
  already_authenticated: {
    means: "This connection has a session already.",
    then: "Open another connection for another session.",
  },
  auth_failed: {
    means: "The name or the password is wrong. Nothing tells which.",
    then: "Ask the person again, and try on the same connection.",
  },
  auth_timeout: {
    means: "Nobody authenticated in time. The connection is closed.",
    then: "Ask the person first, then connect.",
  },
  username_exists: { means: "Somebody has this name already.", then: askAgain },
  username_invalid: {
    means:
      "The name is not 2 to 32 characters of a-z, 0-9, dot, underscore and hyphen, starting with a letter or digit.",
    then: askAgain,
  },
  weak_password: { means: "The password is too short, too long or too easy to guess.", then: askAgain },
  invite_required: {
    means: "This server registers only people who bring an invite.",
    then: "Ask the person for an invite link.",
  },
  invite_invalid: {
    means: "The invite is unknown, used up or expired.",
    then: "Ask the person for a new one.",
  },
  registration_closed: { means: "This server registers nobody.", then: "Offer to log in only." },
  code_required: {
    means: "The password is right, and the account is protected by a second factor.",
    then: "Ask the person for the code, and repeat the request with `code`.",
  },
  code_invalid: {
    means: "The code is wrong, too old, or was used before.",
    then: "Ask the person for the next code, and repeat the request with it.",
  },
  proof_required: {
    means: "You are logged in, and for this the server wants to know once more that it is you.",
    then: "Ask the person for the password, send `prove`, and repeat the request.",
  },
  two_factor_required: {
    means:
      "This server demands two-factor of everybody, and you have none yet. In `bye`: the session ended because of that.",
    then: "Set it up: `two_factor_begin`, `two_factor_confirm`, then resume.",
  },
  reset_invalid: {
    means: "The reset link is unknown, used or expired.",
    then: "Ask the person for a new one, which the server's owner can make.",
  },
  no_such_user: {
    means: "There is no account of this name, or none in this room, or none of which you may know.",
    then: askAgain,
  },
  no_such_device: { means: "None of your logins has this name.", then: "Ask for `devices` again." },
  token_invalid: {
    means: "The token is unknown, expired, or its login was ended.",
    then: "Forget it, and log in with the password.",
  },
  rate_limited: {
    means: "Too many requests, or too many failed logins on this account or from this address.",
    then: wait,
  },
  busy: { means: "The server has too much to do right now.", then: wait },
  no_such_room: { means: "There is no such room that you may join.", then: askAgain },
  room_exists: { means: "A room of this name exists already.", then: "Join it, or take another name." },
  no_such_message: {
    means: "There is no such message in this room, or it was deleted.",
    then: "Page the room anew: it may have changed.",
  },
  no_such_file: {
    means: "There is no such file, or none that you may have, or the upload was given up.",
    then: "Begin the upload anew, or tell the person that the file is gone.",
  },
  content_mismatch: {
    means: "What was uploaded is not what `digest` says. The upload was thrown away.",
    then: "Upload it anew: the file may have changed meanwhile.",
  },
  too_large: {
    means: "The file is larger than the server takes, or the server has no room for it.",
    then: "Tell the person.",
  },
  held: {
    means: "The room is under legal hold: nothing in it may be deleted.",
    then: "Tell the person.",
  },
  archived: { means: "The room is archived: it can be read, and nothing be said.", then: "Tell the person." },
  muted: {
    means: "You are muted in this room: you can read, and not say anything.",
    then: "Tell the person.",
  },
  not_a_member: {
    means: "You are not a member of this room, whether it exists or not.",
    then: "Join it first.",
  },
  forbidden: {
    means: "Your role or your standing in the room may not do this, or something is as full as it may be.",
    then: "Tell the person.",
  },
  text_invalid: {
    means: "The text is empty, too long, or holds control characters other than newline and tab.",
    then: "Shorten or clean it.",
  },
  unavailable: { means: "The server cannot store anything at the moment. Nothing was changed.", then: wait },
  internal: {
    means:
      "The server made a mistake, which it has written to its log. Whether anything was changed is not known.",
    then: "Tell the person. Send a message again only with its `nonce`.",
  },
  shutting_down: {
    means: "In `bye`: the server stops.",
    then: "Connect again after `retryAfterMs`, and resume.",
  },
  slow_consumer: {
    means: "In `bye`: you read too slowly.",
    then: "Connect again after `retryAfterMs`, and resume: nothing is lost.",
  },
  idle: { means: "In `bye`: nothing was heard from you for too long.", then: "Connect again, and resume." },
  revoked: {
    means: "In `bye`: this login was ended.",
    then: "Forget its token, and log in with the password.",
  },
  flood: {
    means: "In `bye`: you kept sending faster than allowed.",
    then: "Connect again after `retryAfterMs`, resume, and send more slowly.",
  },
});

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
