import assert from "node:assert/strict";
import { encode, limits, type RoomEvent, toBytes } from "../../../shared/protocol/mod.ts";

/** What JSON.stringify makes longest on the wire: four bytes a code point. */
const widest = "😀";

Deno.test("the longest text fits into a client's line even if every character is escaped", () => {
  const escaped = "\\ud83d\\ude00".repeat(limits.textCodePoints);
  const nonce = "\\ud83d\\ude00".repeat(limits.nonceCharacters);
  const id = "\\ud83d\\ude00".repeat(limits.idCharacters);
  const room = "r".repeat(64);
  const line = `{"type":"send","id":"${id}","room":"${room}","text":"${escaped}","nonce":"${nonce}"}`;
  assert.ok(toBytes(line).length <= limits.memberLineBytes);
});

Deno.test("the longest password fits into a stranger's line even if every character is escaped", () => {
  const password = "\\ud83d\\ude00".repeat(limits.passwordCodePointsMax);
  const line = `{"type":"register","id":"${"i".repeat(64)}","username":"${
    "u".repeat(32)
  }","password":"${password}"}`;
  assert.ok(toBytes(line).length <= limits.strangerLineBytes);
});

Deno.test("auth_success with as many rooms as there may be fits into a line from the server", () => {
  const line = encode({
    type: "auth_success",
    re: widest.repeat(limits.idCharacters),
    user: { username: "u".repeat(32), role: "member" },
    token: "t".repeat(100),
    rooms: Array.from({ length: limits.roomsPerAccount }, () => ({
      room: "r".repeat(64),
      kind: "standard",
      seq: Number.MAX_SAFE_INTEGER,
      read: Number.MAX_SAFE_INTEGER,
      state: "current",
      access: "private",
      topic: widest.repeat(limits.topicCodePoints),
    })),
  });
  assert.ok(toBytes(line).length <= limits.serverLineBytes, String(toBytes(line).length));
});

Deno.test("a page that ends at its bound fits into a line from the server with its longest event", () => {
  const event: RoomEvent = {
    type: "message",
    seq: 1,
    from: "u".repeat(32),
    time: Number.MAX_SAFE_INTEGER,
    text: widest.repeat(limits.textCodePoints),
  };
  const longest = toBytes(JSON.stringify(event)).length + 1;
  assert.ok(limits.pageBytes + longest + limits.historyEventsMax <= limits.serverLineBytes);
});
