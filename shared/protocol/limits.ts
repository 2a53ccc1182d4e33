/**
 * Every bound of the language, with its reason. What happens when one is reached stands on the protocol page,
 * which is made from this table.
 */
export const limits = {
  /** Bytes of a client's line before authentication, without its newline: a login fits, a flood does not. */
  strangerLineBytes: 8 * 1024,
  /** Bytes of a client's line after authentication: 8,000 code points of text, escaped in the worst way, fit. */
  memberLineBytes: 128 * 1024,
  /** Bytes of a line from the server. */
  serverLineBytes: 512 * 1024,
  /** Bytes at which a page of `history` or `who` ends with `more`. */
  pageBytes: 256 * 1024,
  /** Nested arrays and objects in a line: JSON.parse spends a second of CPU on a million of them. */
  jsonDepth: 16,
  /** Code points of a message. */
  textCodePoints: 8_000,
  /** Characters of a request's `id`. */
  idCharacters: 64,
  /** Characters of a message's `nonce`. */
  nonceCharacters: 64,
  /** How long the same `nonce` gives the same answer: 30 days, in milliseconds. */
  nonceLifeMs: 30 * 24 * 60 * 60 * 1000,
  /** Code points of a room's topic. */
  topicCodePoints: 250,
  /** Code points of a password at registration (NIST SP 800-63B-4, section 3.1.1: 15 where it stands alone). */
  passwordCodePointsMin: 15,
  passwordCodePointsMax: 256,
  /** Events in a page of `history`. */
  historyEventsMax: 200,
  historyEventsDefault: 50,
  /** Cursors in a `resume`, and rooms of one account. */
  roomsPerAccount: 500,
  /** Registrations that one invite may allow, and the longest it may live: 30 days, in milliseconds. */
  inviteUsesMax: 1_000,
  inviteLifeMsMax: 30 * 24 * 60 * 60 * 1000,
  inviteLifeMsDefault: 72 * 60 * 60 * 1000,
  /** Time for the TLS handshake. */
  handshakeMs: 10_000,
  /** Time from the handshake to the first authentication request, and what each answer to one adds. */
  firstAuthenticationMs: 15_000,
  nextAuthenticationMs: 120_000,
  /** Further tries on one connection after a failed authentication; when they have failed too it is closed. */
  authenticationRetries: 10,
  /** Silence after which the server sends `ping`, and further silence after which it ends the connection. */
  pingAfterMs: 30_000,
  dropAfterPingMs: 45_000,
  /** Requests that one session may make: so many at once, and so many a second on end. */
  requestBurst: 40,
  requestsPerSecond: 20,
  /** Messages likewise. */
  messageBurst: 10,
  messagesPerSecond: 5,
  /** How long a session may be over its pace without pause before it is ended with `flood`. */
  floodMs: 10_000,
  /** Bytes waiting for one reader: above the first, what is only momentary is dropped; at the second it is cut off. */
  outboxSoftBytes: 256 * 1024,
  outboxHardBytes: 1024 * 1024,
  /** How long a single write may stand still before the reader is cut off. */
  stalledWriteMs: 10_000,
  /** Members of a room up to which changes of presence are pushed. */
  presenceMembers: 200,
} as const;
