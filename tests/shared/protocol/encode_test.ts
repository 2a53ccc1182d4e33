import assert from "node:assert/strict";
import { encode, encodedBytes, toBytes } from "../../../shared/protocol/mod.ts";

Deno.test("a frame is one line whatever its text holds", () => {
  const text = 'a\nb\r\u2028\u0085\t😀"\\';
  const line = encode({ type: "message", room: "general", seq: 1, from: "ana", time: 1, text });
  assert.equal(line.indexOf("\n"), line.length - 1);
  assert.equal(JSON.parse(line).text, text);
});

Deno.test("fields that are undefined are left out", () => {
  assert.equal(encode({ type: "ok", re: "1", room: undefined }), '{"type":"ok","re":"1"}\n');
});

Deno.test("a part is measured in bytes on the wire", () => {
  assert.equal(encodedBytes({ a: "ä😀" }), toBytes('{"a":"ä😀"}').length);
  assert.equal(encodedBytes({ a: "ä😀" }), 14);
});
