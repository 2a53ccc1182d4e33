import assert from "node:assert/strict";
import {
  declarationOf,
  decodeRequest,
  encode,
  type ErrorCode,
  type Request,
  requestFrames,
  type RequestType,
} from "../../../shared/protocol/mod.ts";
import { lineOf } from "../../kit/lines.ts";
import { refusalOf } from "../../kit/refusals.ts";

type Wire = Readonly<Record<string, unknown>>;

/** What a request's line may hold besides `type` and `id`, and what it may not, with the code of its refusal. */
interface Sample {
  readonly good: readonly Wire[];
  readonly bad: readonly (readonly [Wire, ErrorCode])[];
}

const anyUpload = { room: "general", name: "plan.pdf", size: 1, digest: "x".repeat(43) };
const anyRoom = { room: "general" };
const anyMessage = { ...anyRoom, seq: 7 };
const tooLong = "x".repeat(65);

/** A frame that is added to the table without a sample here does not compile. */
const samples: Readonly<Record<RequestType, Sample>> = {
  register: {
    good: [
      { username: "ana", password: "p" },
      { username: "a-b_c.9", password: "p", invite: "s", deviceName: "Ana's laptop" },
    ],
    bad: [
      [{ username: "ana" }, "bad_request"],
      [{ password: "p" }, "bad_request"],
      [{ username: "a", password: "p" }, "username_invalid"],
      [{ username: "ana", password: "p", invite: 7 }, "bad_request"],
      [{ username: "ana", password: "p", deviceName: "" }, "text_invalid"],
      [{ username: "ana", password: "p", deviceName: tooLong }, "text_invalid"],
      [{ username: "ana", password: "p", deviceName: "\u001b[2J" }, "text_invalid"],
    ],
  },
  login: {
    good: [
      { username: "ana", password: "p" },
      { username: "no name at all!", password: "" },
      { username: "ana", password: "p", code: "123 456", deviceName: "Ana's laptop", deviceProof: "d" },
    ],
    bad: [
      [{ username: "ana", password: 1 }, "bad_request"],
      [{ username: null, password: "p" }, "bad_request"],
      [{ username: "ana", password: "p", code: 123456 }, "bad_request"],
      [{ username: "ana", password: "p", code: tooLong }, "bad_request"],
      [{ username: "ana", password: "p", deviceName: 7 }, "bad_request"],
      [{ username: "ana", password: "p", deviceProof: 7 }, "bad_request"],
    ],
  },
  redeem_reset: {
    good: [{ secret: "s", password: "p" }, { secret: "s", password: "p", code: "123456", deviceName: "d" }],
    bad: [
      [{ password: "p" }, "bad_request"],
      [{ secret: "s" }, "bad_request"],
      [{ secret: "s", password: "p", code: "" }, "bad_request"],
      [{ secret: "s", password: "p", deviceName: "" }, "text_invalid"],
    ],
  },
  bot_login: { good: [{ token: "t" }], bad: [[{}, "bad_request"], [{ token: 1 }, "bad_request"]] },
  make_bot: {
    good: [{ username: "deploy", scopes: ["read", "send", "files"] }, { username: "deploy", scopes: [] }],
    bad: [
      [{ username: "deploy" }, "bad_request"],
      [{ username: "deploy", scopes: "read" }, "bad_request"],
      [{ username: "deploy", scopes: ["all"] }, "bad_request"],
      [{ username: "!", scopes: ["read"] }, "username_invalid"],
    ],
  },
  renew_bot: {
    good: [{ username: "deploy" }, { username: "deploy", scopes: ["read"] }],
    bad: [[{}, "bad_request"], [{ username: "deploy", scopes: ["all"] }, "bad_request"]],
  },
  bots: { good: [{}, { after: "deploy" }], bad: [[{ after: 1 }, "bad_request"]] },
  resume: {
    good: [{ token: "t" }],
    bad: [
      [{}, "bad_request"],
      [{ token: "t", cursors: [] }, "bad_request"],
      [{ token: "t", cursors: null }, "bad_request"],
      [{ token: "t", cursors: { general: -1 } }, "bad_request"],
      [{ token: "t", cursors: { "no room": 1 } }, "bad_request"],
    ],
  },
  authority: { good: [{}], bad: [] },
  join: { good: [anyRoom], bad: [[{}, "bad_request"], [{ room: "-x" }, "bad_request"]] },
  leave: { good: [anyRoom], bad: [[{ room: 1 }, "bad_request"], [{ room: tooLong }, "bad_request"]] },
  create: {
    good: [anyRoom, { room: "ops", kind: "standard", access: "private", topic: "Night shift" }],
    bad: [
      [{ room: "ops", kind: "sealed" }, "bad_request"],
      [{ room: "ops", access: "secret" }, "bad_request"],
      [{ room: "ops", topic: "" }, "text_invalid"],
      [{ room: "ops", topic: "x".repeat(201) }, "text_invalid"],
    ],
  },
  rooms: { good: [{}, { after: "general" }], bad: [[{ after: 1 }, "bad_request"]] },
  send: {
    good: [
      { ...anyRoom, text: "hi" },
      { ...anyRoom, text: "a\n\tb", nonce: "x".repeat(64), thread: 1, quote: 2 },
      { ...anyRoom, text: "hi", lifeMs: 10_000 },
      { ...anyRoom, text: "", files: ["f"] },
    ],
    bad: [
      [{ ...anyRoom }, "bad_request"],
      [{ ...anyRoom, text: ["hi"] }, "bad_request"],
      [{ ...anyRoom, text: "hi", files: "f" }, "bad_request"],
      [{ ...anyRoom, text: "hi", files: [""] }, "bad_request"],
      [{ ...anyRoom, text: "hi", nonce: "" }, "bad_request"],
      [{ ...anyRoom, text: "hi", nonce: tooLong }, "bad_request"],
      [{ ...anyRoom, text: "hi", nonce: "\ud800" }, "bad_request"],
      [{ ...anyRoom, text: "hi", thread: 0 }, "bad_request"],
      [{ ...anyRoom, text: "hi", quote: "1" }, "bad_request"],
      [{ ...anyRoom, text: "hi", lifeMs: 9_999 }, "bad_request"],
      [{ ...anyRoom, text: "hi", lifeMs: 20 * 366 * 24 * 3_600_000 }, "bad_request"],
    ],
  },
  upload: {
    good: [anyUpload, { ...anyUpload, mediaType: "application/pdf" }],
    bad: [
      [{ ...anyUpload, name: 1 }, "bad_request"],
      [{ ...anyUpload, name: "a\nb" }, "text_invalid"],
      [{ ...anyUpload, name: "x".repeat(201) }, "text_invalid"],
      [{ ...anyUpload, size: 0 }, "bad_request"],
      [{ ...anyUpload, digest: "x" }, "bad_request"],
      [{ ...anyUpload, digest: "+".repeat(43) }, "bad_request"],
      [{ ...anyUpload, mediaType: "" }, "bad_request"],
    ],
  },
  put: {
    good: [{ file: "f", at: 0, data: "AA==" }],
    bad: [
      [{ file: "f", at: 0 }, "bad_request"],
      [{ file: "f", at: 0, data: "" }, "bad_request"],
      [{ file: "f", at: 0, data: "A".repeat(87_388) }, "bad_request"],
      [{ file: "f", at: -1, data: "AA==" }, "bad_request"],
    ],
  },
  cancel_upload: { good: [{ file: "f" }], bad: [[{}, "bad_request"], [{ file: "" }, "bad_request"]] },
  get: {
    good: [{ file: "f", at: 0 }, { file: "f", at: 65_536, preview: true }],
    bad: [[{ file: "f" }, "bad_request"], [{ file: "f", at: 0, preview: 1 }, "bad_request"]],
  },
  edit: {
    good: [{ ...anyMessage, text: "hi" }],
    bad: [
      [anyMessage, "bad_request"],
      [{ ...anyRoom, text: "hi" }, "bad_request"],
      [{ ...anyMessage, text: "" }, "text_invalid"],
      [{ ...anyMessage, text: "x".repeat(8_001) }, "text_invalid"],
    ],
  },
  delete: { good: [anyMessage], bad: [[anyRoom, "bad_request"], [{ ...anyRoom, seq: 0 }, "bad_request"]] },
  revisions: {
    good: [anyMessage, { ...anyMessage, after: 0 }],
    bad: [[anyRoom, "bad_request"], [{ ...anyMessage, after: -1 }, "bad_request"]],
  },
  react: {
    good: [{ ...anyMessage, emoji: "👍" }, { ...anyMessage, emoji: "👩🏽‍🚀" }, { ...anyMessage, emoji: "+1" }],
    bad: [
      [anyMessage, "bad_request"],
      [{ ...anyMessage, emoji: "" }, "bad_request"],
      [{ ...anyMessage, emoji: "👍👍" }, "bad_request"],
      [{ ...anyMessage, emoji: "two words" }, "bad_request"],
      [{ ...anyMessage, emoji: "x".repeat(17) }, "bad_request"],
    ],
  },
  unreact: {
    good: [{ ...anyMessage, emoji: "👍" }],
    bad: [[anyMessage, "bad_request"], [{ ...anyMessage, emoji: 1 }, "bad_request"]],
  },
  pin: { good: [anyMessage], bad: [[anyRoom, "bad_request"], [{ ...anyRoom, seq: 1.5 }, "bad_request"]] },
  unpin: { good: [anyMessage], bad: [[anyRoom, "bad_request"], [{ seq: 1 }, "bad_request"]] },
  pins: {
    good: [anyRoom, { ...anyRoom, before: 7 }],
    bad: [[{}, "bad_request"], [{ ...anyRoom, before: 0 }, "bad_request"]],
  },
  thread: {
    good: [anyMessage, { ...anyMessage, before: 9, limit: 1 }, { ...anyMessage, after: 0, limit: 200 }],
    bad: [[anyRoom, "bad_request"], [{ ...anyMessage, limit: 201 }, "bad_request"]],
  },
  follow: {
    good: [{ ...anyMessage, following: true }, { ...anyMessage, following: false }],
    bad: [[anyMessage, "bad_request"], [{ ...anyMessage, following: "yes" }, "bad_request"]],
  },
  read_thread: {
    good: [{ ...anyMessage, read: 0 }],
    bad: [[anyMessage, "bad_request"], [{ ...anyMessage, read: -1 }, "bad_request"]],
  },
  threads: { good: [{}, { before: 0 }], bad: [[{ before: -1 }, "bad_request"]] },
  history: {
    good: [anyRoom, { ...anyRoom, before: 0, limit: 1 }, { ...anyRoom, after: 0, limit: 200 }, {
      ...anyRoom,
      around: 1,
    }],
    bad: [
      [{ ...anyRoom, around: 0 }, "bad_request"],
      [{ ...anyRoom, limit: 0 }, "bad_request"],
      [{ ...anyRoom, limit: 201 }, "bad_request"],
      [{ ...anyRoom, before: -1 }, "bad_request"],
      [{ ...anyRoom, after: 1.5 }, "bad_request"],
      [{ ...anyRoom, after: 2 ** 53 }, "bad_request"],
    ],
  },
  read: {
    good: [{ ...anyRoom, seq: 0 }, { ...anyRoom, seq: Number.MAX_SAFE_INTEGER }],
    bad: [[anyRoom, "bad_request"], [{ ...anyRoom, seq: "1" }, "bad_request"]],
  },
  unread: {
    good: [anyMessage],
    bad: [[anyRoom, "bad_request"], [{ ...anyRoom, seq: 0 }, "bad_request"]],
  },
  mentions: {
    good: [{}, { before: 1, limit: 200 }],
    bad: [[{ before: 0 }, "bad_request"], [{ limit: 201 }, "bad_request"]],
  },
  search: {
    good: [
      { text: "ferry" },
      { ...anyRoom, from: "ana", has: "link", after: 0, until: 9, before: 1, limit: 50 },
    ],
    bad: [
      [{ text: "" }, "text_invalid"],
      [{ text: "x".repeat(257) }, "text_invalid"],
      [{ has: "tea" }, "bad_request"],
      [{ from: "!" }, "username_invalid"],
      [{ text: "x", before: 0 }, "bad_request"],
      [{ text: "x", after: -1 }, "bad_request"],
      [{ text: "x", limit: 51 }, "bad_request"],
    ],
  },
  level: {
    good: [{ ...anyRoom, level: "all" }, { ...anyRoom, level: "nothing" }],
    bad: [[anyRoom, "bad_request"], [{ ...anyRoom, level: "some" }, "bad_request"]],
  },
  draft: {
    good: [{ ...anyRoom, text: "Dear" }, { ...anyRoom, text: "", thread: 1 }],
    bad: [
      [anyRoom, "bad_request"],
      [{ ...anyRoom, text: "x".repeat(8_001) }, "text_invalid"],
      [{ ...anyRoom, text: "x", thread: 0 }, "bad_request"],
    ],
  },
  drafts: { good: [{}, { before: 0 }], bad: [[{ before: -1 }, "bad_request"]] },
  who: {
    good: [anyRoom, { ...anyRoom, after: "ana" }],
    bad: [[{}, "bad_request"], [{ ...anyRoom, after: "!" }, "username_invalid"]],
  },
  invite: {
    good: [{}, { uses: 1_000, expiresMs: 60_000, role: "member" }],
    bad: [
      [{ uses: 0 }, "bad_request"],
      [{ uses: 1_001 }, "bad_request"],
      [{ expiresMs: 59_999 }, "bad_request"],
      [{ expiresMs: 31 * 86_400_000 }, "bad_request"],
      [{ role: "owner" }, "bad_request"],
    ],
  },
  change_password: {
    good: [{ current: "p", password: "q" }],
    bad: [[{ password: "q" }, "bad_request"], [{ current: "p" }, "bad_request"]],
  },
  prove: {
    good: [{ password: "p" }, { password: "p", code: "123456" }],
    bad: [[{}, "bad_request"], [{ password: 1 }, "bad_request"], [
      { password: "p", code: "" },
      "bad_request",
    ]],
  },
  devices: { good: [{}], bad: [] },
  revoke: {
    good: [{}, { device: "d" }],
    bad: [[{ device: "" }, "bad_request"], [{ device: tooLong }, "bad_request"]],
  },
  two_factor_begin: { good: [{ password: "p" }], bad: [[{}, "bad_request"]] },
  two_factor_confirm: {
    good: [{ code: "123456" }],
    bad: [[{}, "bad_request"], [{ code: 123456 }, "bad_request"], [{ code: tooLong }, "bad_request"]],
  },
  two_factor_end: {
    good: [{ password: "p", code: "123456" }],
    bad: [[{ password: "p" }, "bad_request"], [{ code: "123456" }, "bad_request"]],
  },
  recovery_codes: {
    good: [{ password: "p", code: "123456" }],
    bad: [[{ password: "p" }, "bad_request"], [{ code: "123456" }, "bad_request"]],
  },
  people: { good: [{}, { after: "ana" }], bad: [[{ after: "!" }, "username_invalid"]] },
  role: {
    good: [{ username: "ana", role: "owner" }, { username: "ana", role: "guest" }],
    bad: [
      [{ username: "ana" }, "bad_request"],
      [{ username: "ana", role: "auditor" }, "bad_request"],
      [{ username: "!", role: "guest" }, "username_invalid"],
    ],
  },
  issue_reset: {
    good: [{ username: "ana" }, { username: "ana", twoFactor: true }],
    bad: [[{}, "bad_request"], [{ username: "ana", twoFactor: "yes" }, "bad_request"]],
  },
  policy: {
    good: [{}, { twoFactor: "required" }, { twoFactor: "optional", retentionMs: 0 }, {
      retentionMs: 3_600_000,
    }],
    bad: [[{ twoFactor: true }, "bad_request"], [{ retentionMs: -1 }, "bad_request"]],
  },
  typing: {
    good: [anyRoom, { ...anyRoom, thread: 1 }],
    bad: [[{}, "bad_request"], [{ ...anyRoom, thread: 0 }, "bad_request"]],
  },
  status: {
    good: [{}, { status: "away" }, { status: "online", busy: true }, { busy: false }],
    bad: [[{ status: "busy" }, "bad_request"], [{ busy: "yes" }, "bad_request"]],
  },
  set_profile: {
    good: [
      {},
      { displayName: "Ana ⛵", statusText: "x".repeat(100), timeZone: "Europe/Lisbon" },
      { displayName: "", statusText: "", timeZone: "" },
    ],
    bad: [
      [{ displayName: tooLong }, "text_invalid"],
      [{ displayName: "a\nb" }, "text_invalid"],
      [{ displayName: 7 }, "bad_request"],
      [{ statusText: "x".repeat(101) }, "text_invalid"],
      [{ statusText: "\u202esdrawkcab" }, "text_invalid"],
      [{ timeZone: tooLong }, "text_invalid"],
    ],
  },
  profile: {
    good: [{ username: "ana" }],
    bad: [[{}, "bad_request"], [{ username: "!" }, "username_invalid"]],
  },
  direct: {
    good: [{ usernames: ["ana"] }, { usernames: ["ana", "ben"] }],
    bad: [
      [{}, "bad_request"],
      [{ usernames: "ana" }, "bad_request"],
      [{ usernames: ["!"] }, "username_invalid"],
    ],
  },
  add: {
    good: [{ ...anyRoom, username: "ana" }],
    bad: [[anyRoom, "bad_request"], [{ username: "ana" }, "bad_request"]],
  },
  remove: {
    good: [{ ...anyRoom, username: "ana" }, { ...anyRoom, username: "ana", ban: true }],
    bad: [[anyRoom, "bad_request"], [{ ...anyRoom, username: "ana", ban: 1 }, "bad_request"]],
  },
  bans: {
    good: [anyRoom, { ...anyRoom, after: "ana" }],
    bad: [[{}, "bad_request"], [{ ...anyRoom, after: "!" }, "username_invalid"]],
  },
  standing: {
    good: [{ ...anyRoom, username: "ana", standing: "muted" }],
    bad: [
      [{ ...anyRoom, username: "ana" }, "bad_request"],
      [{ ...anyRoom, username: "ana", standing: "owner" }, "bad_request"],
    ],
  },
  change: {
    good: [anyRoom, {
      ...anyRoom,
      topic: "",
      description: "x".repeat(1_000),
      access: "private",
      archived: true,
      retentionMs: 3_600_000,
    }, { ...anyRoom, retentionMs: 0 }],
    bad: [
      [{ ...anyRoom, retentionMs: -1 }, "bad_request"],
      [{ ...anyRoom, retentionMs: 20 * 366 * 24 * 3_600_000 }, "bad_request"],
      [{ ...anyRoom, topic: "x".repeat(201) }, "text_invalid"],
      [{ ...anyRoom, description: "x".repeat(1_001) }, "text_invalid"],
      [{ ...anyRoom, access: "direct" }, "bad_request"],
      [{ ...anyRoom, archived: 1 }, "bad_request"],
    ],
  },
  hold: {
    good: [{ ...anyRoom, held: true }, { ...anyRoom, held: false }],
    bad: [[anyRoom, "bad_request"], [{ held: true }, "bad_request"], [
      { ...anyRoom, held: 1 },
      "bad_request",
    ]],
  },
  deactivate: {
    good: [{ username: "ana", deactivated: true }],
    bad: [[{ username: "ana" }, "bad_request"], [{ deactivated: true }, "bad_request"]],
  },
  ping: { good: [{}], bad: [] },
  pong: { good: [{}], bad: [] },
  quit: { good: [{}], bad: [] },
};

const types = Object.keys(requestFrames) as RequestType[];

for (const type of types) {
  Deno.test(`the request ${type} comes out of its line as it went in`, () => {
    assert.ok(samples[type].good.length > 0);
    for (const wire of samples[type].good) {
      const request = { type, id: "7", ...wire } as Request;
      assert.deepEqual(decodeRequest(lineOf(encode(request))), request);
      const withMore = { ...request, colour: "red", type };
      assert.deepEqual(decodeRequest(lineOf(withMore)), request, "an unknown field is ignored");
    }
  });

  Deno.test(`the request ${type} is refused where a field will not do, with re`, () => {
    const withoutId = type === "pong" ? [] : [[{ id: undefined }, "bad_request"] as const];
    for (const [wire, code] of [...samples[type].bad, ...withoutId]) {
      const refusal = refusalOf(() => decodeRequest(lineOf({ type, id: "7", ...wire })));
      assert.equal(refusal.code, code, JSON.stringify(wire));
      assert.equal(refusal.re, "id" in wire ? undefined : "7");
      assert.equal(refusal.closes, false);
    }
  });
}

Deno.test("a request takes each optional field or none of them, and no null", () => {
  for (const type of types) {
    const { fields } = declarationOf(type);
    for (const [name, field] of Object.entries(fields)) {
      const wire = { type, id: "7", ...samples[type].good[0], [name]: null };
      const { code } = refusalOf(() => decodeRequest(lineOf(wire)));
      assert.ok(["bad_request", "username_invalid", "text_invalid"].includes(code), `${type}.${name}`);
      assert.equal(typeof field.takes, "string");
    }
  }
});

Deno.test("names in requests are folded to lower case", () => {
  assert.deepEqual(decodeRequest(lineOf({ type: "join", id: "1", room: "General" })), {
    type: "join",
    id: "1",
    room: "general",
  });
  const register = { type: "register", id: "1", username: "Ana", password: "P" };
  assert.deepEqual(decodeRequest(lineOf(register)), { ...register, username: "ana" });
});

Deno.test("the cursors of a resume arrive with folded names", () => {
  const request = decodeRequest(
    lineOf({ type: "resume", id: "1", token: "t", cursors: { General: 17, ops: 0 } }),
  );
  assert.ok(request.type === "resume");
  assert.deepEqual(Object.entries(request.cursors ?? {}), [["general", 17], ["ops", 0]]);
});
