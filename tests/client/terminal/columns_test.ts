import assert from "node:assert/strict";
import { clip, wrap } from "../../../client/terminal/columns.ts";

Deno.test("a text that fits stays whole", () => {
  assert.equal(clip("hello", 5), "hello");
});

Deno.test("a text that does not fit is cut, and says so", () => {
  assert.equal(clip("hello there", 6), "hello…");
});

Deno.test("wide characters never take more room than there is", () => {
  assert.equal(clip("日本語", 5), "日本…");
  assert.equal(clip("👍👍👍", 4), "👍…");
});

Deno.test("a text is broken between words, and nothing of it is lost", () => {
  assert.deepEqual(wrap("one two  three incomprehensibilities", 8), [
    "one two ",
    "three",
    "incomprehensibilities",
  ]);
});
