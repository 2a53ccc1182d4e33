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

Deno.test("the longest login fits into a stranger's line even if every character is escaped", () => {
  const escaped = (codePoints: number) => "\\ud83d\\ude00".repeat(codePoints);
  const name = `"username":"${"u".repeat(32)}","password":"${escaped(limits.passwordCodePointsMax)}"`;
  const proof = `"code":"${escaped(limits.codeCharacters)}","deviceProof":"${"p".repeat(100)}"`;
  const device = `"deviceName":"${escaped(limits.deviceNameCodePoints)}"`;
  const line = `{"type":"login","id":"${escaped(limits.idCharacters)}",${name},${proof},${device}}`;
  assert.ok(toBytes(line).length <= limits.strangerLineBytes, String(toBytes(line).length));
});

Deno.test("a resume with a cursor for as many rooms as there may be fits into a stranger's line", () => {
  const names = Array.from({ length: limits.roomsPerAccount }, (_, at) => String(at).padStart(64, "r"));
  const cursors = Object.fromEntries(names.map((name) => [name, Number.MAX_SAFE_INTEGER]));
  const id = widest.repeat(limits.idCharacters);
  const line = JSON.stringify({ type: "resume", id, token: "t".repeat(100), cursors });
  assert.ok(toBytes(line).length <= limits.strangerLineBytes, String(toBytes(line).length));
});

Deno.test("as many devices as there may be fit into a line from the server", () => {
  const line = encode({
    type: "devices",
    re: widest.repeat(limits.idCharacters),
    devices: Array.from({ length: limits.loginsPerAccount }, () => ({
      device: "d".repeat(16),
      name: widest.repeat(limits.deviceNameCodePoints),
      created: Number.MAX_SAFE_INTEGER,
      seen: Number.MAX_SAFE_INTEGER,
      online: false,
      current: false,
    })),
  });
  assert.ok(toBytes(line).length <= limits.serverLineBytes, String(toBytes(line).length));
});

Deno.test("auth_success with as many rooms as there may be fits into a line from the server", () => {
  const topic = widest.repeat(limits.topicCodePoints);
  const line = encode({
    type: "auth_success",
    re: widest.repeat(limits.idCharacters),
    user: { username: "u".repeat(32), role: "member", twoFactor: true },
    token: "t".repeat(100),
    device: "d".repeat(16),
    deviceProof: "p".repeat(100),
    rooms: Array.from({ length: limits.roomsPerAccount }, (_, at) => ({
      room: "r".repeat(64),
      kind: "standard",
      seq: Number.MAX_SAFE_INTEGER,
      read: Number.MAX_SAFE_INTEGER,
      state: "current",
      archived: true,
      standing: "moderator",
      level: "mentions",
      unread: limits.unreadMax,
      mentions: limits.unreadMax,
      // Further topics are left out, and direct conversations have none.
      ...(at < limits.pageBytes / toBytes(topic).length
        ? { access: "private", topic }
        : { access: "direct", people: Array(limits.directPeople).fill("u".repeat(32)) }),
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
