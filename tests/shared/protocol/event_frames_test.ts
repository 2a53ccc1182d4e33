import assert from "node:assert/strict";
import {
  decodeServerFrame,
  encode,
  type Fields,
  type Push,
  roomEventFrames,
  type RoomEventType,
  type Signal,
  signalFrames,
  type SignalType,
} from "../../../shared/protocol/mod.ts";
import { lineOf } from "../../kit/lines.ts";
import { assertRefused } from "../../kit/refusals.ts";

type Pushes = { readonly [T in RoomEventType]: Push<T> };
type Signals = { readonly [T in SignalType]: Signal<T> };

/** A frame that is added to one of the tables without a sample here does not compile. */
const pushes: Pushes = {
  message: {
    type: "message",
    room: "general",
    seq: 1,
    from: "ana",
    time: 1,
    text: "hi\n\tthere 😀",
    expires: 9,
  },
  edited: {
    type: "edited",
    room: "general",
    seq: 3,
    time: 1,
    target: 1,
    from: "ana",
    text: "hi @ben",
    mentions: ["ben"],
  },
  expired: { type: "expired", room: "general", seq: 3, time: 1, targets: [1, 2] },
  deleted: { type: "deleted", room: "general", seq: 3, time: 1, target: 1, from: "ana" },
  reacted: { type: "reacted", room: "general", seq: 3, time: 1, target: 1, from: "ana", emoji: "👍" },
  unreacted: { type: "unreacted", room: "general", seq: 4, time: 1, target: 1, from: "ana", reaction: 3 },
  pinned: { type: "pinned", room: "general", seq: 3, time: 1, target: 1, from: "ana" },
  unpinned: { type: "unpinned", room: "general", seq: 3, time: 1, target: 1, from: "ana" },
  joined: {
    type: "joined",
    room: "dm.1.2",
    seq: 2,
    username: "ana",
    time: 1,
    by: "ben",
    people: ["ana", "ben"],
  },
  left: { type: "left", room: "general", seq: 3, username: "ana", time: 1, by: "ben", banned: true },
  changed: {
    type: "changed",
    room: "general",
    seq: 3,
    time: 1,
    from: "ana",
    topic: "",
    description: "For all",
    access: "private",
    archived: true,
    held: true,
    retentionMs: 0,
  },
  standing: {
    type: "standing",
    room: "general",
    seq: 3,
    time: 1,
    username: "ana",
    by: "ben",
    standing: "muted",
  },
};

const signals: Signals = {
  thread: { type: "thread", room: "general", seq: 3, following: true, read: 3, unread: 1 },
  auth_required: {
    type: "auth_required",
    protocol: 1,
    server: "chat/0.1.0",
    name: "Acme",
    methods: ["login"],
    registration: "invite",
    limits: { line: 131_072, text: 8_000 },
  },
  presence: { type: "presence", username: "ana", status: "away" },
  unread: { type: "unread", room: "general", read: 4, unread: 2, mentions: 1 },
  draft: { type: "draft", room: "general", thread: 3, text: "Dear", time: 5 },
  level: { type: "level", room: "general", level: "mentions" },
  typing: { type: "typing", room: "general", username: "ana", thread: 3 },
  profile: {
    type: "profile",
    username: "ana",
    displayName: "Ana",
    statusText: "At sea",
    timeZone: "Europe/Lisbon",
    role: "guest",
    deactivated: true,
  },
  role: { type: "role", role: "admin" },
  alert: { type: "alert", about: "new_login", device: "Ana's phone", time: 5 },
  ping: { type: "ping" },
  bye: { type: "bye", code: "shutting_down", message: "Later", retryAfterMs: 100 },
};

for (const type of Object.keys(roomEventFrames) as RoomEventType[]) {
  Deno.test(`the event ${type} comes out of its line as it went in, and is refused without a field`, () => {
    const push = pushes[type];
    assert.deepEqual(decodeServerFrame(lineOf(encode(push))), push);
    for (const name of ["room", "seq", "time", ...needed(roomEventFrames[type].fields)]) {
      assertRefused(() => decodeServerFrame(lineOf({ ...push, [name]: undefined })), "bad_request");
    }
    assertRefused(() => decodeServerFrame(lineOf({ ...push, seq: 0 })), "bad_request");
  });
}

function needed(fields: Fields): string[] {
  return Object.entries(fields).filter(([, { optional }]) => !optional).map(([name]) => name);
}

for (const type of Object.keys(signalFrames) as SignalType[]) {
  Deno.test(`the signal ${type} comes out of its line as it went in, and is refused without a field`, () => {
    const signal = signals[type];
    assert.deepEqual(decodeServerFrame(lineOf(encode(signal))), signal);
    for (const name of needed(signalFrames[type].fields)) {
      assertRefused(() => decodeServerFrame(lineOf({ ...signal, [name]: undefined })), "bad_request");
    }
  });
}

Deno.test("a message whose text breaks the rules of texts is refused by the reader too", () => {
  assertRefused(() => decodeServerFrame(lineOf({ ...pushes.message, text: "\u001b[2J" })), "text_invalid");
});

Deno.test("a frame of an unknown kind may be ignored, but its place in a room is kept", () => {
  const poll = { type: "poll", room: "general", seq: 4, time: 1, question: "Tea?" };
  assert.deepEqual(decodeServerFrame(lineOf(poll)), { type: "unknown", room: "general", seq: 4 });
  for (
    const frame of [
      { type: "weather", username: "ana" },
      { type: "x", room: 1, seq: 2, time: 1 },
      { type: "x", room: "a", seq: 1.5, time: 1 },
      { type: "about_a_message", room: "a", seq: 2 },
    ]
  ) {
    assert.deepEqual(decodeServerFrame(lineOf(frame)), { type: "unknown" });
  }
});

Deno.test("what is no frame at all is refused", () => {
  for (const line of ["", "[]", "{}", '{"re":"1"}', "\ufeff{}"]) {
    assertRefused(() => decodeServerFrame(lineOf(line)), "bad_frame");
  }
});
