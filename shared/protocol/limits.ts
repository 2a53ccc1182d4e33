/** One bound of the language, in words for the protocol page. */
export interface Bound {
  /** In the unit that ends the name: bytes, characters, milliseconds. */
  readonly value: number;
  /** What is bounded, and why so. */
  readonly says: string;
  /** What happens when it is reached. */
  readonly reached: string;
}

function declare<const D extends Readonly<Record<string, Bound>>>(bounds: D): D {
  return bounds;
}

const badRequest = "`bad_request`.";
const closes = "`line_too_long`, and the connection is closed.";

/** Every bound of the language. `limits` has their values alone. */
export const bounds = declare({
  strangerLineBytes: {
    value: 64 * 1024,
    says:
      "A line from a client before authentication, without its newline. A `resume` fits with a cursor for each of as many " +
      "rooms as there may be. As many strangers as there may be hold 64 MiB with it.",
    reached: closes,
  },
  memberLineBytes: {
    value: 128 * 1024,
    says:
      "A line from a client after authentication. The longest text fits, even if every character of it is escaped.",
    reached: closes,
  },
  serverLineBytes: {
    value: 512 * 1024,
    says: "A line from the server.",
    reached: "The server never writes a longer one: a client may treat one as a broken connection.",
  },
  pageBytes: {
    value: 256 * 1024,
    says: "The items in one answer that is a page, such as those to `history`, `who` and `search`.",
    reached: 'The page ends early, with `"more":true` or `next`.',
  },
  jsonDepth: {
    value: 16,
    says: "Arrays and objects within each other in a line. Parsers spend a second on a million of them.",
    reached: "`bad_frame`.",
  },
  textCodePoints: { value: 8_000, says: "The `text` of a message or a draft.", reached: "`text_invalid`." },
  idCharacters: { value: 64, says: "The `id` of a request.", reached: "`bad_request` without `re`." },
  nonceCharacters: { value: 64, says: "The `nonce` of a message.", reached: badRequest },
  nonceLifeMs: {
    value: 30 * 24 * 60 * 60 * 1000,
    says: "How long a repeated `nonce` is recognised.",
    reached: "The message is stored as a new one.",
  },
  topicCodePoints: {
    value: 200,
    says: "The `topic` of a room. `auth_success` with as many rooms as there may be fits into its line.",
    reached: "`text_invalid`.",
  },
  descriptionCodePoints: {
    value: 1_000,
    says: "The `description` of a room.",
    reached: "`text_invalid`.",
  },
  emojiCodePoints: { value: 16, says: "The `emoji` of a reaction.", reached: badRequest },
  emojiPerMessage: {
    value: 20,
    says: "Different reactions to one message, so that the message with all of them fits into a page.",
    reached: "`forbidden`.",
  },
  reactionsPerMessage: {
    value: 1_000,
    says: "Reactions to one message by all people, so that they fit into a page with it.",
    reached: "`forbidden`.",
  },
  callMembers: {
    value: 200,
    says: "The members of a room in which everybody may mean all by `@room` and `@here`.",
    reached:
      "Only its moderators mean all by them, once every `callEveryMs`. From others, and sooner, they are words like any.",
  },
  callEveryMs: {
    value: 60_000,
    says: "How often, at most, all are meant in a room of more than `callMembers`.",
    reached: "As above.",
  },
  namesPerMessage: {
    value: 100,
    says: "The people whom one message means by their names.",
    reached: "It means the first ones. Further names are words like any.",
  },
  pinsPerRoom: { value: 100, says: "The pinned messages of a room.", reached: "`forbidden`." },
  revisionsPerMessage: { value: 100, says: "The changes of one message's text.", reached: "`forbidden`." },
  directPeople: {
    value: 8,
    says: "The people in a direct conversation, oneself included.",
    reached: badRequest,
  },
  displayNameCodePoints: { value: 64, says: "The `displayName` of a profile.", reached: "`text_invalid`." },
  statusCodePoints: { value: 100, says: "The `statusText` of a profile.", reached: "`text_invalid`." },
  draftsPerAccount: { value: 200, says: "The drafts of one account.", reached: "The oldest goes." },
  fileNameCodePoints: { value: 200, says: "The `name` of a file.", reached: "`text_invalid`." },
  mediaTypeCharacters: { value: 100, says: "The `mediaType` of a file.", reached: badRequest },
  chunkBytes: {
    value: 64 * 1024,
    says: "The bytes of a file in one `put` or `get`: a chunk fits into a line in base64.",
    reached: badRequest,
  },
  previewPixels: { value: 320, says: "The sides of a small picture.", reached: "It is made smaller." },
  filesPerMessage: { value: 10, says: "The files of one message.", reached: badRequest },
  uploadsPerAccount: {
    value: 40,
    says: "The uploads of one account that are not finished, or not sent with a message.",
    reached: "`forbidden`.",
  },
  uploadLifeMs: {
    value: 24 * 60 * 60 * 1000,
    says: "How long an upload is kept that is not finished, or not sent with a message.",
    reached: "It is gone: `no_such_file`.",
  },
  fileBytesPerSecond: {
    value: 16 * 1024 * 1024,
    says:
      "The bytes of files in `put` and `get` from one account a second, on end. Each of them counts as `chunkBytes`, and not as a request.",
    reached: "They wait, and with them what is sent after them on the same connection.",
  },
  fileBurstBytes: {
    value: 4 * 1024 * 1024,
    says: "The bytes of files in `put` and `get` from one account at once, after a rest.",
    reached: "They wait.",
  },
  lifeMsMin: {
    value: 10_000,
    says: "How long a message that expires is kept, at least.",
    reached: badRequest,
  },
  lifeMsMax: {
    value: 10 * 366 * 24 * 60 * 60 * 1000,
    says: "How long a message that expires, or those of a room or the server, are kept, at most.",
    reached: badRequest,
  },
  retentionMsMin: {
    value: 60 * 60 * 1000,
    says: "How long the messages of a room or the server are kept where that is limited, at least.",
    reached: badRequest,
  },
  expiredPerEvent: {
    value: 100,
    says: "The messages that one `expired` names.",
    reached: "Another one follows.",
  },
  expirySlackMs: {
    value: 5_000,
    says: "How long after its end a message may still be there, where the server has nothing else to do.",
    reached: "It goes at the next chance.",
  },
  botsPerServer: { value: 200, says: "The bots of a server.", reached: "`forbidden`." },
  hooksPerRoom: { value: 20, says: "The incoming webhooks of a room.", reached: "`forbidden`." },
  hookBodyBytes: { value: 64 * 1024, says: "The body of a request to a webhook.", reached: "HTTP 413." },
  searchCodePoints: { value: 256, says: "The `text` of a search.", reached: "`text_invalid`." },
  searchResultsMax: { value: 50, says: "The `limit` of a search, at most.", reached: badRequest },
  searchWords: {
    value: 32,
    says: "The words in the `text` of a search; of scripts in which it finds pairs of characters, the pairs.",
    reached: "`text_invalid`.",
  },
  searchResultsDefault: {
    value: 20,
    says: "The results of a search without `limit`.",
    reached: "`next` goes on.",
  },
  unreadMax: {
    value: 100,
    says:
      "What is counted of unread messages in a room, and of unread replies in a thread, so that 500 rooms are counted in a moment.",
    reached: "The count stays there: it means so many or more.",
  },
  typingMs: {
    value: 6_000,
    says:
      "How long somebody who was said to be typing is to be shown so, and how often it may be said at most every half of it.",
    reached: "The notice ends.",
  },
  passwordCodePointsMin: {
    value: 15,
    says:
      "A password at registration, at least (NIST SP 800-63B-4, section 3.1.1, where a password stands alone).",
    reached: "`weak_password`.",
  },
  passwordCodePointsMax: {
    value: 256,
    says: "A password at registration, at most.",
    reached: "`weak_password`.",
  },
  deviceNameCodePoints: {
    value: 64,
    says: "The name of a device.",
    reached: "`text_invalid`.",
  },
  codeCharacters: { value: 64, says: "The `code` of a login.", reached: badRequest },
  resetLifeMs: {
    value: 60 * 60 * 1000,
    says: "The life of a reset link.",
    reached: "`reset_invalid` to whoever brings it later.",
  },
  historyEventsMax: {
    value: 200,
    says: "The `limit` of `history`, `thread` and `mentions`, at most.",
    reached: badRequest,
  },
  historyEventsDefault: {
    value: 50,
    says: "The `limit` of these where none is given.",
    reached: 'The page ends, with `"more":true` where there is more.',
  },
  roomsMadePerAccount: {
    value: 500,
    says: "Rooms that one account may make.",
    reached: "`forbidden`.",
  },
  loginIdleMs: {
    value: 90 * 24 * 60 * 60 * 1000,
    says: "A token that was not used for so long.",
    reached: "`token_invalid`.",
  },
  loginsPerAccount: {
    value: 100,
    says: "The devices that one account is logged in on.",
    reached: "At the next login the one that was seen longest ago ends, and its token is `token_invalid`.",
  },
  roomsPerAccount: {
    value: 500,
    says: "The rooms that one account is in, and the cursors in a `resume`.",
    reached: "`forbidden` to `join` and `create`, `bad_request` to `resume`.",
  },
  roomsByOthers: {
    value: 400,
    says:
      "The rooms that one account is in, while others may still take it into more: the rest is for it to choose.",
    reached: "`forbidden` to `add` and `direct`.",
  },
  directsWithOne: {
    value: 20,
    says:
      "The direct conversations that one account opens with the same person in them: nobody can leave one, so that one person " +
      "could fill the rooms of another.",
    reached: "`forbidden` to `direct`.",
  },
  inviteUsesMax: { value: 1_000, says: "The accounts that one invite is good for.", reached: badRequest },
  inviteLifeMsMax: {
    value: 30 * 24 * 60 * 60 * 1000,
    says: "The life of an invite, at most.",
    reached: badRequest,
  },
  inviteLifeMsDefault: {
    value: 72 * 60 * 60 * 1000,
    says: "The life of an invite whose maker gives none.",
    reached: "`invite_invalid` to whoever brings it later.",
  },
  handshakeMs: { value: 10_000, says: "The TLS handshake.", reached: "The connection is closed." },
  firstAuthenticationMs: {
    value: 15_000,
    says: "From the greeting to the first `register`, `login`, `resume` or `redeem_reset`.",
    reached: "`auth_timeout`, and the connection is closed.",
  },
  nextAuthenticationMs: {
    value: 120_000,
    says: "From the refusal of one of these to the next.",
    reached: "`auth_timeout`, and the connection is closed.",
  },
  authenticationRetries: {
    value: 10,
    says: "Further tries on one connection after the first that failed.",
    reached: "The last one is answered, and the connection is closed.",
  },
  provenMs: {
    value: 5 * 60 * 1000,
    says:
      "How long a session that has proven its person, by `prove` or by a password at its beginning, may do all that it may.",
    reached: "`proof_required`, until the next `prove`.",
  },
  failuresFree: {
    value: 5,
    says:
      "Failed logins of one account in a row, from devices that it does not know, before each makes the next wait.",
    reached: "`rate_limited` for a second, then for twice as long after each further failure.",
  },
  failureDelayMsMax: {
    value: 15 * 60 * 1000,
    says: "That wait, at most.",
    reached: "It grows no more.",
  },
  failuresPerAccount: {
    value: 100,
    says:
      "Failed logins of one account in a row (NIST SP 800-63B-4, section 3.2.2), forgotten after 30 days without any.",
    reached:
      "`rate_limited` to every device without a `deviceProof`; one that has it, and a reset link, get in. A device with a " +
      "`deviceProof` may fail as often itself.",
  },
  failuresPerNetwork: {
    value: 30,
    says:
      "Failed logins, invites and reset links from one address, of IPv6 one /64, within `networkFailuresMs`. " +
      "Registrations that came to nothing, weak passwords and `busy` count too.",
    reached: "`rate_limited`, but to a login with a `deviceProof` and to `resume`.",
  },
  networkFailuresMs: {
    value: 10 * 60 * 1000,
    says: "How long it takes until an address's failures are all forgotten, one by one.",
    reached: "It may fail as often again.",
  },
  failuresPerSecond: {
    value: 20,
    says:
      "Failed logins of unknown devices on the whole server a second, on end; twice as many at once. Fewer on a machine " +
      "whose threads can hash less than twice as many passwords: at least half of what they can do is for those who are known.",
    reached: "`rate_limited`, but to a login with a `deviceProof` and to `resume`.",
  },
  strangers: {
    value: 256,
    says: "Connections without a session.",
    reached:
      "Those that have waited longest without asking for one are closed with `auth_timeout`; the new one is let in.",
  },
  strangersPerNetwork: {
    value: 16,
    says: "Connections without a session from one address, of IPv6 one /64.",
    reached: "As above, among those of this address.",
  },
  strangersMax: {
    value: 1_024,
    says:
      "Connections without a session, even if all ask for one; fewer where the server has no room for twice as many.",
    reached:
      "Of the address with most of them one that does not ask, else the newest, is closed with `busy`.",
  },
  strangersPerNetworkMax: {
    value: 256,
    says:
      "Connections without a session from one address, even if all ask for one: a whole office comes back at once. Fewer " +
      "where the server has no room for four times as many.",
    reached: "As above, among those of this address.",
  },
  earnestMs: {
    value: 1_000,
    says: "How long, at least, after the greeting or a refusal a connection is not closed for others' sake.",
    reached: "Whoever asks at once has nothing to fear; whoever waits may be closed, and connects again.",
  },
  strangersLeft: {
    value: 64,
    says: "Connections from one address that ended without a session, within ten minutes.",
    reached: "Its next ones have `hastyAuthenticationMs` for their first request.",
  },
  hastyAuthenticationMs: {
    value: 2_000,
    says: "From the greeting to the first request, where an address has left many connections unused.",
    reached: "`auth_timeout`, and the connection is closed.",
  },
  pingAfterMs: {
    value: 30_000,
    says: "Silence from an authenticated client.",
    reached: "The server sends `ping`.",
  },
  dropAfterPingMs: {
    value: 45_000,
    says: "Further silence after that `ping`.",
    reached: "`bye` with `idle`, and the connection is closed.",
  },
  requestBurst: {
    value: 40,
    says:
      "Requests of one connection at once, after a rest. Lines that are no request count too; `pong` does not.",
    reached: "`rate_limited` with `retryAfterMs`.",
  },
  requestsPerSecond: {
    value: 20,
    says: "Requests of one connection a second, on end.",
    reached: "`rate_limited` with `retryAfterMs`.",
  },
  messageBurst: {
    value: 10,
    says: "Messages (`send` and `edit`) of one connection at once, after a rest.",
    reached: "`rate_limited` with `retryAfterMs`.",
  },
  messagesPerSecond: {
    value: 5,
    says: "Messages of one connection a second, on end.",
    reached: "`rate_limited` with `retryAfterMs`.",
  },
  searchBurst: {
    value: 10,
    says: "Searches (`search`, and `threads`) of one connection at once, after a rest.",
    reached: "`rate_limited` with `retryAfterMs`.",
  },
  searchesPerSecond: {
    value: 3,
    says: "Searches of one connection a second, on end: one may take as long as a thousand messages.",
    reached: "`rate_limited` with `retryAfterMs`.",
  },
  sessionsPerAccount: {
    value: 32,
    says: "The sessions that one account has open at once.",
    reached: "`busy` with `retryAfterMs`; the token or the code that was brought is as good as before.",
  },
  accountRequestBurst: {
    value: 160,
    says: "As `requestBurst`, for all sessions of one account together.",
    reached: "`rate_limited` with `retryAfterMs`.",
  },
  accountRequestsPerSecond: {
    value: 80,
    says: "As `requestsPerSecond`, for all sessions of one account together.",
    reached: "`rate_limited` with `retryAfterMs`.",
  },
  accountMessageBurst: {
    value: 40,
    says: "As `messageBurst`, for all sessions of one account together.",
    reached: "`rate_limited` with `retryAfterMs`.",
  },
  accountMessagesPerSecond: {
    value: 20,
    says: "As `messagesPerSecond`, for all sessions of one account together.",
    reached: "`rate_limited` with `retryAfterMs`.",
  },
  accountSearchBurst: {
    value: 20,
    says: "As `searchBurst`, for all sessions of one account together.",
    reached: "`rate_limited` with `retryAfterMs`.",
  },
  accountSearchesPerSecond: {
    value: 6,
    says:
      "As `searchesPerSecond`, for all sessions of one account together: they take a tenth of the server's time.",
    reached: "`rate_limited` with `retryAfterMs`.",
  },
  accountTextBurstBytes: {
    value: 1024 * 1024,
    says: "The texts of messages, edits and drafts from one account at once, after a rest, in UTF-8.",
    reached: "`rate_limited` with `retryAfterMs`.",
  },
  accountTextBytesPerSecond: {
    value: 128 * 1024,
    says: "The texts of messages, edits and drafts from one account a second, on end.",
    reached: "`rate_limited` with `retryAfterMs`.",
  },
  floodMs: {
    value: 10_000,
    says: "Being `rate_limited` without a pause of one second.",
    reached: "`bye` with `flood`, and the connection is closed.",
  },
  outboxSoftBytes: {
    value: 256 * 1024,
    says: "What waits in the server for one slow reader.",
    reached: "`presence`, `profile` and `typing` are left out until the reader has caught up.",
  },
  outboxHardBytes: {
    value: 1024 * 1024,
    says: "What waits in the server for one slow reader, at most.",
    reached: "`bye` with `slow_consumer`, and the connection is closed.",
  },
  stalledWriteMs: {
    value: 10_000,
    says: "How long a reader may take nothing at all while something waits for it.",
    reached: "The connection is closed without `bye`, which could not be written.",
  },
  presenceMembers: {
    value: 200,
    says:
      "The members of a room in which `presence`, `profile` and `typing` are pushed, so that a crowd does not tell itself about itself.",
    reached: "The room pushes none of them; `who` and `profile` tell.",
  },
});

/** The values of all bounds. */
export const limits = Object.freeze(
  Object.fromEntries(Object.entries(bounds).map(([name, { value }]) => [name, value])),
) as { readonly [Name in keyof typeof bounds]: number };
