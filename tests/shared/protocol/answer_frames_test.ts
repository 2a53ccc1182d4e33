import assert from "node:assert/strict";
import {
  type Answer,
  answerFrames,
  type AnswerType,
  decodeServerFrame,
  encode,
  errorCodes,
  errorFrame,
  Refusal,
} from "../../../shared/protocol/mod.ts";
import { lineOf } from "../../kit/lines.ts";
import { assertRefused } from "../../kit/refusals.ts";

type Samples = { readonly [T in AnswerType]: readonly [Answer<T>, ...Answer<T>[]] };

const joined = { type: "joined", seq: 1, username: "ana", time: 1 } as const;
const said = { type: "message", seq: 2, from: "ana", time: 2, text: "hi" } as const;
const answered = {
  type: "message",
  seq: 3,
  from: "ben",
  time: 3,
  text: "Tea? @ana",
  quote: 2,
  edited: 5,
  pinned: true,
  reactions: [{ emoji: "👍", from: ["ana", "ben"] }],
  replies: { count: 2, seq: 9, from: ["ana"] },
  mentions: ["ana"],
} as const;
const reply = { type: "message", seq: 9, from: "ana", time: 9, thread: 3, deleted: true } as const;

/** An answer that is added to the table without a sample here does not compile. */
const samples: Samples = {
  auth_success: [{
    type: "auth_success",
    re: "1",
    user: { username: "ana", role: "owner" },
    token: "t",
    rooms: [
      { room: "general", kind: "standard", seq: 3, read: 1, state: "behind" },
      { room: "ops", kind: "standard", seq: 0, read: 0, state: "reset", access: "private", topic: "Night" },
      {
        room: "dm.1.2",
        kind: "standard",
        seq: 9,
        read: 4,
        state: "current",
        access: "direct",
        archived: true,
        people: ["ana", "ben"],
        standing: "muted",
        level: "nothing",
        unread: 3,
        mentions: 1,
      },
    ],
  }, {
    type: "auth_success",
    re: "1",
    user: { username: "ana", role: "guest", twoFactor: true, busy: true },
    token: "t",
    device: "d",
    deviceProof: "p",
    confined: true,
    rooms: [],
  }],
  authority: [{ type: "authority", re: "1", pem: "-----BEGIN" }],
  ok: [{ type: "ok", re: "1" }, { type: "ok", re: "1", room: "general", seq: 3, time: 5 }, {
    type: "ok",
    re: "1",
    room: "general",
    seq: 9,
    time: 9,
    thread: 3,
    mentions: ["@here"],
  }],
  history: [{
    type: "history",
    re: "1",
    room: "general",
    messages: [joined, said, answered, reply],
    more: false,
  }],
  thread: [{
    type: "thread",
    re: "1",
    room: "general",
    root: answered,
    messages: [reply],
    following: true,
    read: 3,
    unread: 1,
    more: false,
  }],
  threads: [{
    type: "threads",
    re: "1",
    threads: [{ room: "general", root: answered, newest: 9, time: 9, read: 3, unread: 1 }],
    more: true,
  }],
  messages: [
    { type: "messages", re: "1", messages: [{ room: "general", message: answered }], more: true, next: 7 },
    { type: "messages", re: "1", messages: [], more: false },
  ],
  search: [
    {
      type: "search",
      re: "1",
      results: [{ room: "general", message: answered, before: said, after: reply }, {
        room: "ops",
        message: said,
      }],
      next: 7,
      indexed: false,
    },
    { type: "search", re: "1", results: [], indexed: true },
  ],
  drafts: [{
    type: "drafts",
    re: "1",
    drafts: [
      { room: "general", text: "Dear", time: 5 },
      { room: "ops", thread: 3, text: "All", time: 4 },
    ],
    more: false,
  }],
  upload: [
    { type: "upload", re: "1", file: "f", received: 0, chunkBytes: 65_536 },
    {
      type: "upload",
      re: "1",
      file: "f",
      received: 9,
      chunkBytes: 65_536,
      whole: true,
      size: 7,
      digest: "x".repeat(43),
    },
  ],
  chunk: [{ type: "chunk", re: "1", file: "f", at: 0, data: "AA==", size: 1, digest: "x".repeat(43) }],
  revisions: [{
    type: "revisions",
    re: "1",
    room: "general",
    seq: 3,
    revisions: [{ text: "Tee?", time: 3 }, { text: "Tea?", time: 5 }],
    more: false,
  }],
  bans: [{ type: "bans", re: "1", room: "general", usernames: ["ana", "ben"], more: true }],
  who: [{
    type: "who",
    re: "1",
    room: "general",
    users: [
      { username: "ana", status: "away", standing: "moderator", role: "admin", displayName: "Ana" },
      { username: "ben", status: "offline", deactivated: true },
    ],
    more: true,
  }],
  rooms: [{
    type: "rooms",
    re: "1",
    rooms: [
      {
        room: "dm.1.2",
        kind: "standard",
        access: "direct",
        members: 2,
        member: true,
        people: ["ana", "ben"],
      },
      {
        room: "general",
        kind: "standard",
        access: "public",
        members: 2,
        member: true,
        topic: "All",
        description: "Of us",
        archived: true,
      },
    ],
    more: false,
  }],
  invite: [{ type: "invite", re: "1", secret: "s", link: "chat://x", uses: 1, expires: 9 }],
  profile: [
    { type: "profile", re: "1", username: "ana", role: "guest", deactivated: true },
    {
      type: "profile",
      re: "1",
      username: "ana",
      displayName: "Ana",
      statusText: "At sea",
      timeZone: "Europe/Lisbon",
      role: "member",
    },
  ],
  devices: [{
    type: "devices",
    re: "1",
    devices: [
      { device: "d", name: "Ana's phone", created: 1, seen: 2, online: true, current: false },
      { device: "e", created: 1, seen: 2, online: false, current: true },
    ],
  }],
  two_factor_secret: [{ type: "two_factor_secret", re: "1", secret: "JBSWY3DP", uri: "otpauth://totp/x" }],
  recovery_codes: [{ type: "recovery_codes", re: "1", codes: ["abcd-efgh-jkmn-pqrs"] }],
  people: [{
    type: "people",
    re: "1",
    people: [
      { username: "ana", role: "owner", twoFactor: true, online: true, seen: 3 },
      { username: "ben", role: "guest", twoFactor: false, online: false },
    ],
    more: false,
  }],
  bot: [{ type: "bot", re: "1", username: "deploy", scopes: ["send"], token: "t", link: "chat://x" }],
  bots: [{
    type: "bots",
    re: "1",
    bots: [
      { username: "alarm", scopes: ["send"], rooms: 0, online: false, deactivated: true },
      { username: "deploy", scopes: ["read", "send"], rooms: 2, online: true, seen: 9 },
    ],
    more: false,
  }],
  reset: [{ type: "reset", re: "1", username: "ben", secret: "s", link: "chat://x", expires: 9 }],
  policy: [
    { type: "policy", re: "1", twoFactor: "required" },
    { type: "policy", re: "1", twoFactor: "optional", retentionMs: 3_600_000 },
  ],
  pong: [{ type: "pong", re: "1" }],
  error: [
    { type: "error", re: undefined, code: "bad_frame", message: "No" },
    { type: "error", re: "1", code: "rate_limited", message: "Wait", retryAfterMs: 5 },
  ],
};

for (const type of Object.keys(answerFrames) as AnswerType[]) {
  Deno.test(`the answer ${type} comes out of its line as it went in`, () => {
    for (const answer of samples[type]) assert.deepEqual(decodeServerFrame(lineOf(encode(answer))), answer);
  });

  Deno.test(`the answer ${type} without one of its fields is refused`, () => {
    const [answer] = samples[type];
    for (const [name, field] of Object.entries(answerFrames[type].fields)) {
      if (field.optional) continue;
      assertRefused(() => decodeServerFrame(lineOf({ ...answer, [name]: undefined })), "bad_request");
      assertRefused(() => decodeServerFrame(lineOf({ ...answer, [name]: null })), "bad_request");
    }
  });
}

Deno.test("an answer of a kind that only a newer server knows is unknown, not wrong", () => {
  assert.deepEqual(decodeServerFrame(lineOf({ type: "poll", re: "1", room: "general", seq: 3 })), {
    type: "unknown",
  });
  assert.deepEqual(decodeServerFrame(lineOf({ type: "constructor", re: "1" })), { type: "unknown" });
});

Deno.test("history may hold events of kinds that only a newer server knows", () => {
  const poll = { type: "poll", seq: 3, time: 3, question: "Tea?" };
  const frame = decodeServerFrame(
    lineOf({ type: "history", re: "1", room: "general", messages: [joined, poll], more: false }),
  );
  assert.ok(frame.type === "history");
  assert.deepEqual(frame.messages, [joined, { type: "unknown", seq: 3, time: 3 }]);
  const holes = [{ type: "poll", time: 3 }, { type: "message", seq: 2, time: 2 }, 7];
  for (const event of holes) {
    const wrong = { type: "history", re: "1", room: "general", messages: [event], more: false };
    assertRefused(() => decodeServerFrame(lineOf(wrong)), "bad_request");
  }
});

Deno.test("every refusal becomes an error frame that can be read again", () => {
  for (const code of Object.keys(errorCodes) as (keyof typeof errorCodes)[]) {
    const refusal = new Refusal(code, "Because", { retryAfterMs: 7, closes: true });
    const plain = decodeServerFrame(lineOf(encode(errorFrame(refusal))));
    assert.deepEqual(plain, { type: "error", re: undefined, code, message: "Because", retryAfterMs: 7 });
    const answered = refusal.about("3");
    assert.deepEqual([answered.closes, answered.retryAfterMs, answered.re], [true, 7, "3"]);
    assert.ok(!encode(errorFrame(refusal)).includes('"re"'));
  }
});
