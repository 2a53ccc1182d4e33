import assert from "node:assert/strict";
import fc from "fast-check";
import {
  codePoints,
  cursors,
  integer,
  list,
  maybeLine,
  object,
  oneOf,
  optional,
  readFields,
  roomName,
  text,
  textFault,
  trueOrFalse,
  userName,
} from "../../../shared/protocol/fields.ts";
import { limits, Refusal } from "../../../shared/protocol/mod.ts";
import { assertRefused, refusalOf } from "../../kit/refusals.ts";
import { fromSeed } from "../../kit/seed.ts";

const message = text(limits.textCodePoints);

Deno.test("a text has at most 8,000 code points, however many bytes they take", () => {
  for (const character of ["x", "ä", "😀", "\n"]) {
    assert.equal(message.read(character.repeat(8_000), "text"), character.repeat(8_000));
    assertRefused(() => message.read(character.repeat(8_001), "text"), "text_invalid");
  }
  assertRefused(() => message.read("", "text"), "text_invalid");
});

Deno.test("a text holds no control characters but newline and tab", () => {
  for (let code = 0; code <= 0x9f; code++) {
    const isControl = code < 0x20 || (code >= 0x7f && code <= 0x9f);
    const fits = !isControl || code === 0x0a || code === 0x09;
    const value = `a${String.fromCharCode(code)}b`;
    assert.equal(textFault(value, 10) === undefined, fits, `U+${code.toString(16)}`);
  }
  assert.equal(textFault("\u00a0\u2028\u202e\ufeff\u200d", 10), undefined);
});

Deno.test("a line may be empty, and holds nothing that breaks it or turns its direction", () => {
  const line = maybeLine(10);
  for (const value of ["", "Ana", "علي", "👩‍🚀", "می‌روم"]) assert.equal(line.read(value, "line"), value);
  for (const code of ["\n", "\t", "\u2028", "\u2029", "\u202e", "\u2066", "\u200f", "\u061c", "\u0007"]) {
    assertRefused(() => line.read(`a${code}b`, "line"), "text_invalid");
  }
  assertRefused(() => line.read("x".repeat(11), "line"), "text_invalid");
  assertRefused(() => line.read(7, "line"), "bad_request");
});

Deno.test("a text holds no half of a surrogate pair", () => {
  for (const value of ["\ud800", "a\udc00b", "\udc00\ud800", "😀\ud83d"]) {
    assertRefused(() => message.read(value, "text"), "text_invalid");
  }
});

Deno.test("a text that is no string is a bad request", () => {
  for (const value of [1, null, undefined, ["a"], {}]) {
    assertRefused(() => message.read(value, "text"), "bad_request");
  }
});

Deno.test("code points are counted as an iterator over the string counts them", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (value) => {
      assert.equal(codePoints(value), [...value].length);
    }),
    fromSeed(),
  );
});

Deno.test("a room name has 1 to 64 characters and is folded", () => {
  for (const name of ["a", "0", "a".repeat(64), "a.b_c-9", "General"]) {
    assert.equal(roomName.read(name, "room"), name.toLowerCase());
  }
  for (const name of ["", "a".repeat(65), ".a", "-a", "_a", "a b", "a/b", "a\n", "\na", "ä", 1, null]) {
    assertRefused(() => roomName.read(name, "room"), "bad_request");
  }
});

Deno.test("a user name has 2 to 32 characters and is folded", () => {
  for (const name of ["ab", "00", "a".repeat(32), "A.b_c-9"]) {
    assert.equal(userName.read(name, "username"), name.toLowerCase());
  }
  for (const name of ["", "a", "a".repeat(33), ".ab", "a b", "ab\n", "a@b"]) {
    assertRefused(() => userName.read(name, "username"), "username_invalid");
  }
  assertRefused(() => userName.read(1, "username"), "bad_request");
});

Deno.test("letters that only look like ASCII, or fold into it, make no name", () => {
  // Kelvin sign, long s, dotless i, dotted I, full-width a, Cyrillic a, sharp s.
  for (const letter of ["\u212a", "\u017f", "\u0131", "\u0130", "\uff41", "\u0430", "ß"]) {
    for (const name of [`${letter}elvin`, `kelvin${letter}`]) {
      assertRefused(() => roomName.read(name, "room"), "bad_request");
      assertRefused(() => userName.read(name, "username"), "username_invalid");
    }
  }
});

Deno.test("any name that is read is ASCII in lower case, and is read again as itself", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 5 }), (name) => {
      try {
        const read = roomName.read(name, "room");
        assert.match(read, /^[\x21-\x7e]+$/);
        assert.equal(roomName.read(read, "room"), read);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
    }),
    fromSeed(),
  );
});

Deno.test("cursors are at most as many as one account may have rooms", () => {
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`room-${at}`, at]));
  assert.equal(
    Object.keys(cursors.read(many(limits.roomsPerAccount), "cursors")).length,
    limits.roomsPerAccount,
  );
  assertRefused(() => cursors.read(many(limits.roomsPerAccount + 1), "cursors"), "bad_request");
  assert.deepEqual(Object.keys(cursors.read({}, "cursors")), []);
});

Deno.test("whole numbers stay within their bounds and within what JSON keeps exactly", () => {
  const field = integer(1, 5);
  for (const value of [1, 5]) assert.equal(field.read(value, "n"), value);
  for (const value of [0, 6, 1.5, NaN, Infinity, "1", null, true]) {
    assertRefused(() => field.read(value, "n"), "bad_request");
  }
  assertRefused(() => integer(0).read(2 ** 53, "n"), "bad_request");
});

Deno.test("a refusal names the field, also within lists and objects", () => {
  const field = list(object({ open: trueOrFalse, kind: optional(oneOf("a", "b")) }));
  assert.deepEqual(field.read([{ open: true }, { open: false, kind: "b" }], "doors"), [
    { open: true },
    { open: false, kind: "b" },
  ]);
  assert.match(refusalOf(() => field.read([{ open: 1 }], "doors")).message, /"open"/);
  assert.match(refusalOf(() => field.read([1], "doors")).message, /"doors\[0\]"/);
  assertRefused(() => field.read({}, "doors"), "bad_request");
  assertRefused(() => field.read([{ open: true, kind: "c" }], "doors"), "bad_request");
});

Deno.test("fields that are absent are absent, not undefined", () => {
  assert.deepEqual(Object.keys(readFields({ a: optional(trueOrFalse) }, { b: 1 })), []);
});
