import assert from "node:assert/strict";
import fc from "fast-check";
import { columnsOf } from "../../../client/terminal/columns.ts";
import { messageLines } from "../../../client/terminal/event_lines.ts";
import { type Line, paint, span } from "../../../client/terminal/styled_line.ts";
import { wrapLine } from "../../../client/terminal/wrap_line.ts";
import { fromSeed } from "../../kit/seed.ts";

const time = new Date(2026, 6, 24, 14, 3).getTime();

Deno.test("a line that fits stays as it is", () => {
  const line = [span("  one  two ")];
  assert.deepEqual(wrapLine(line, 11), [line]);
});

Deno.test("a line is broken between words, and its rows are indented as its beginning", () => {
  assert.deepEqual(wrapped([span("  one two three four")], 10), ["  one two", "  three", "  four"]);
  assert.deepEqual(wrapped([span("one two three")], 7), ["one two", "three"]);
});

Deno.test("the rows of a message stand under its text, of which nothing is lost", () => {
  assert.deepEqual(wrapped(message("one two three\n  four five six")[0] ?? [], 23), [
    "14:03 ben  one two",
    "           three",
  ]);
  assert.deepEqual(wrapped(message("one\n  four five six")[1] ?? [], 23), [
    "             four five",
    "           six",
  ]);
});

Deno.test("a word that is longer than a row stays whole, behind the head where it comes first", () => {
  const address = "https://example.com/very/long";
  assert.deepEqual(wrapped(message(`${address} and on`)[0] ?? [], 23), [
    `14:03 ben  ${address}`,
    "           and on",
  ]);
  assert.deepEqual(wrapped(message(`see ${address}`)[0] ?? [], 23), [
    "14:03 ben  see",
    `           ${address}`,
  ]);
});

Deno.test("ideographs are broken anywhere, each of them two columns wide", () => {
  assert.deepEqual(wrapped(message("日本語日本語日")[0] ?? [], 24), [
    "14:03 ben  日本語日本語",
    "           日",
  ]);
});

Deno.test("where the head takes half of the row, further rows have no indent", () => {
  assert.deepEqual(wrapped(message("one two three")[0] ?? [], 16), ["14:03 ben  one", "two three"]);
});

Deno.test("what is to be copied is never broken, and words of two styles stay together", () => {
  assert.deepEqual(wrapped([span("  "), span("chat connect 'x y z'", "strong", "whole")], 10), [
    "  chat connect 'x y z'",
  ]);
  assert.deepEqual(wrapped([span("  You are in "), span("#ops", "accent"), span(". Go on")], 16), [
    "  You are in",
    "  #ops. Go on",
  ]);
});

Deno.test("whatever the text, rows are as short as may be, and hold all its words in order", () => {
  const words = fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }), { maxLength: 30 });
  fc.assert(
    fc.property(words, fc.integer({ min: 25, max: 60 }), (words, columns) => {
      const text = words.map((word) => word.replace(/\s/g, "_")).join(" ").trim();
      const rows = wrapped([span("12:00 head  ", "plain", "head"), span(text)], columns);
      const joined = rows.map((row) => row.slice(12)).join("");
      assert.equal(joined.replaceAll(" ", ""), text.replaceAll(" ", ""));
      for (const row of rows) {
        assert.ok(columnsOf(row) <= columns || !row.slice(12).trim().includes(" "), row);
      }
    }),
    fromSeed(),
  );
});

function message(text: string): readonly Line[] {
  // Without the empty place of a number, which makes rows no easier to look at.
  return messageLines({ time, from: "ben", text }, { me: "ana", label: "#general", here: true })
    .map(([head = span(""), ...rest]) => [{ ...head, text: head.text.slice(5) }, ...rest]);
}

function wrapped(line: Line, columns: number): readonly string[] {
  return wrapLine(line, columns).map((row) => paint(row, false));
}
