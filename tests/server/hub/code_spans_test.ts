import assert from "node:assert/strict";
import fc from "fast-check";
import { withoutCode } from "../../../server/hub/code_spans.ts";
import { fromSeed } from "../../kit/seed.ts";

/** A text, and what is left of it without code; runs of white space are all alike. */
const examples: readonly (readonly [string, string])[] = [
  ["nothing special", "nothing special"],
  ["a `code` b", "a b"],
  ["a ``co`de`` b", "a b"],
  ["a `lone b", "a `lone b"],
  ["a ``unequal` b", "a ``unequal` b"],
  ["a \\`no code\\` b", "a \\`no code\\` b"],
  ["a `ends with a backslash\\` b", "a b"],
  ["a `over\na line` b", "a b"],
  ["a `not over\n\na paragraph` b", "a `not over a paragraph` b"],
  ["a\n```\ncode\n\nmore code\n```\nb", "a b"],
  ["a\n~~~ts\ncode\n```\n~~~\nb", "a b"],
  ["a\n````\ncode\n```\nstill code\n````\nb", "a b"],
  ["a\n```\nto the end", "a"],
  ["a\n> ```\n> code\n> ```\nb", "a b"],
  ["``` one line ``` b", "b"],
];

Deno.test("code is left out as Markdown understands it", () => {
  for (const [text, left] of examples) {
    assert.equal(withoutCode(text).replaceAll(/\s+/g, " ").trim(), left, text);
  }
});

Deno.test("a text without code stays as it is, and no text of backticks takes long", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      fc.pre(!/[`~]/.test(text));
      assert.equal(withoutCode(text), text);
    }),
    fromSeed(),
  );
  let runs = "";
  for (let length = 1; runs.length + length < 8_000; length++) runs += "`".repeat(length) + "x";
  for (const text of [runs, "`".repeat(8_000), "` ".repeat(4_000), "`` ` ".repeat(1_600)]) withoutCode(text);
});
