import assert from "node:assert/strict";
import fc from "fast-check";
import {
  decodeRequest,
  decodeServerFrame,
  errorCodes,
  Refusal,
  requestFrames,
} from "../../../shared/protocol/mod.ts";
import { lineOf } from "../../kit/lines.ts";
import { assertRefused, refusalOf } from "../../kit/refusals.ts";
import { fromSeed } from "../../kit/seed.ts";

Deno.test("a line that is no JSON object with a type is a bad frame, and the connection lives on", () => {
  const lines = ["", " ", "{", "null", "1", '"ping"', "[]", '[{"type":"ping","id":"1"}]', "{}", '{"type":1}'];
  for (const line of [...lines, '{"type":null,"id":"1"}', "\ufeff" + '{"type":"ping","id":"1"}']) {
    const refusal = refusalOf(() => decodeRequest(lineOf(line)));
    assert.deepEqual([refusal.code, refusal.closes], ["bad_frame", false], line);
  }
});

Deno.test("a line may end with a carriage return and have spaces around", () => {
  assert.deepEqual(decodeRequest(lineOf(' {"type":"ping","id":"1"} \r')), { type: "ping", id: "1" });
});

Deno.test("bytes that are no UTF-8 close the connection", () => {
  const wrong = [[0xff], [0xc3, 0x28], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [
    0xe2,
    0x82,
  ]];
  for (const bytes of wrong) {
    const line = Uint8Array.of(...lineOf('{"type":"ping","id":"'), ...bytes, ...lineOf('"}'));
    const refusal = refusalOf(() => decodeRequest(line));
    assert.deepEqual([refusal.code, refusal.closes], ["bad_frame", true]);
  }
});

Deno.test("a frame may be 16 deep and no deeper, even where nothing reads it", () => {
  const nested = (depth: number) =>
    `{"type":"ping","id":"1","x":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;
  assert.equal(decodeRequest(lineOf(nested(16))).type, "ping");
  assertRefused(() => decodeRequest(lineOf(nested(17))), "bad_frame");
});

Deno.test("an unknown type is refused by name, also where the name is one that all objects have", () => {
  for (const type of ["nonsense", "", "constructor", "__proto__", "toString", "Ping", "message", "ok"]) {
    const refusal = refusalOf(() => decodeRequest(lineOf({ type, id: "9" })));
    assert.deepEqual([refusal.code, refusal.re], ["unknown_type", "9"], type);
  }
});

Deno.test("a very long type is not repeated whole", () => {
  const refusal = refusalOf(() => decodeRequest(lineOf({ type: "x".repeat(8_000), id: "9" })));
  assert.ok(refusal.message.length < 200);
});

Deno.test("an id has 1 to 64 characters, and a refusal carries each id that is valid", () => {
  for (const id of ["1", "x".repeat(64), "😀".repeat(64)]) {
    assert.equal(decodeRequest(lineOf({ type: "ping", id })).id, id);
    assert.equal(refusalOf(() => decodeRequest(lineOf({ type: "join", id }))).re, id);
    assert.equal(refusalOf(() => decodeRequest(lineOf({ type: "nonsense", id }))).re, id);
  }
  for (const id of ["", "x".repeat(65), "😀".repeat(65), 1, null, {}, ["1"], true]) {
    const refusal = refusalOf(() => decodeRequest(lineOf({ type: "ping", id })));
    assert.deepEqual([refusal.code, refusal.re], ["bad_request", undefined]);
    assert.equal(refusalOf(() => decodeRequest(lineOf({ type: "nonsense", id }))).re, undefined);
  }
});

Deno.test("half of a surrogate pair is no id and no nonce: no store could keep it apart from another half", () => {
  assertRefused(() => decodeRequest(lineOf('{"type":"ping","id":"\\ud800"}')), "bad_request");
  const send = '{"type":"send","id":"1","room":"general","text":"hi","nonce":"\\udfff"}';
  assertRefused(() => decodeRequest(lineOf(send)), "bad_request");
});

Deno.test("a pong needs no id", () => {
  assert.deepEqual(decodeRequest(lineOf({ type: "pong" })), { type: "pong", id: "" });
  assert.deepEqual(decodeRequest(lineOf({ type: "pong", id: 7 })), { type: "pong", id: "" });
});

Deno.test("of a key that comes twice the last one holds, as in JSON.parse", () => {
  assert.equal(decodeRequest(lineOf('{"type":"join","type":"ping","id":"1","id":"2"}')).id, "2");
});

Deno.test("keys that all objects have are only data", () => {
  const wire = '{"type":"ping","id":"1","__proto__":{"room":"x"},"constructor":{"prototype":{"a":1}}}';
  assert.deepEqual(decodeRequest(lineOf(wire)), { type: "ping", id: "1" });
  // A field cannot come by inheritance.
  assertRefused(
    () => decodeRequest(lineOf('{"type":"join","id":"1","__proto__":{"room":"ops"}}')),
    "bad_request",
  );
  assertRefused(() => decodeRequest(lineOf('{"id":"1","__proto__":{"type":"ping"}}')), "bad_frame");
  assert.equal(({} as Record<string, unknown>).a, undefined);
  const cursors = '{"type":"resume","id":"1","token":"t","cursors":{"__proto__":1}}';
  assertRefused(() => decodeRequest(lineOf(cursors)), "bad_request");
});

/** What is decoded is a request; everything else is a Refusal with a code of the list. */
function isTotal(decode: (line: Uint8Array) => unknown, line: Uint8Array): void {
  try {
    decode(line);
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    assert.ok(Object.hasOwn(errorCodes, error.code));
    assert.ok(error.re === undefined || error.re.length <= 128);
  }
}

const awkward = fc.oneof(
  fc.constantFrom(
    null,
    true,
    -1,
    0,
    1e308,
    -0.5,
    2 ** 53,
    "",
    "general",
    "\u0000",
    "\ud800",
    "x".repeat(9_000),
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

const almostRequest = fc.record({
  type: fc.constantFrom<unknown>(...Object.keys(requestFrames), "constructor", 1, null),
  id: fc.oneof(fc.constantFrom<unknown>("1", "", "x".repeat(65), 3, null), fc.string({ unit: "binary" })),
  room: awkward,
  text: awkward,
  nonce: awkward,
  username: awkward,
  password: awkward,
  token: awkward,
  cursors: fc.oneof(awkward, fc.dictionary(fc.string(), awkward)),
  before: awkward,
  after: awkward,
  limit: awkward,
  seq: awkward,
  uses: awkward,
  __proto__: fc.constant(null),
}, { requiredKeys: [] });

Deno.test("decoding is total over random bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (line) => {
      isTotal(decodeRequest, line);
      isTotal(decodeServerFrame, line);
    }),
    { ...fromSeed(), numRuns: 1_000 },
  );
});

Deno.test("decoding is total over requests with fields of any kind, whole, cut off, and with a byte changed", () => {
  fc.assert(
    fc.property(almostRequest, fc.nat(), fc.nat(255), (frame, place, byte) => {
      const line = lineOf(frame);
      isTotal(decodeRequest, line);
      isTotal(decodeRequest, line.subarray(0, place % (line.length + 1)));
      line[place % line.length] = byte;
      isTotal(decodeRequest, line);
    }),
    { ...fromSeed(), numRuns: 1_000 },
  );
});
