import assert from "node:assert/strict";
import {
  decodeServerFrame,
  encode,
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
  message: { type: "message", room: "general", seq: 1, from: "ana", time: 1, text: "hi\n\tthere 😀" },
  joined: { type: "joined", room: "general", seq: 2, username: "ana", time: 1 },
  left: { type: "left", room: "general", seq: 3, username: "ana", time: 1 },
};

const signals: Signals = {
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
  read: { type: "read", room: "general", seq: 4 },
  role: { type: "role", role: "admin" },
  alert: { type: "alert", about: "new_login", device: "Ana's phone", time: 5 },
  ping: { type: "ping" },
  bye: { type: "bye", code: "shutting_down", message: "Later", retryAfterMs: 100 },
};

for (const type of Object.keys(roomEventFrames) as RoomEventType[]) {
  Deno.test(`the event ${type} comes out of its line as it went in, and is refused without a field`, () => {
    const push = pushes[type];
    assert.deepEqual(decodeServerFrame(lineOf(encode(push))), push);
    for (const name of ["room", "seq", "time", ...Object.keys(roomEventFrames[type].fields)]) {
      assertRefused(() => decodeServerFrame(lineOf({ ...push, [name]: undefined })), "bad_request");
    }
    assertRefused(() => decodeServerFrame(lineOf({ ...push, seq: 0 })), "bad_request");
  });
}

for (const type of Object.keys(signalFrames) as SignalType[]) {
  Deno.test(`the signal ${type} comes out of its line as it went in, and is refused without a field`, () => {
    const signal = signals[type];
    assert.deepEqual(decodeServerFrame(lineOf(encode(signal))), signal);
    for (const [name, field] of Object.entries(signalFrames[type].fields)) {
      if (field.optional) continue;
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
    const frame of [{ type: "typing", username: "ana" }, { type: "x", room: 1, seq: 2 }, {
      type: "x",
      room: "a",
      seq: 1.5,
    }]
  ) {
    assert.deepEqual(decodeServerFrame(lineOf(frame)), { type: "unknown" });
  }
});

Deno.test("what is no frame at all is refused", () => {
  for (const line of ["", "[]", "{}", '{"re":"1"}', "\ufeff{}"]) {
    assertRefused(() => decodeServerFrame(lineOf(line)), "bad_frame");
  }
});
