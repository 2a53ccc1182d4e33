import assert from "node:assert/strict";
import { clip, columnsOf } from "../../../client/terminal/columns.ts";

Deno.test("letters of all scripts take one column, ideographs two, marks none", () => {
  const widths = [["Grüße", 5], ["שלום", 4], ["日本", 4], ["한글", 4], ["ｶﾅ", 2], ["e\u0301", 1], [
    "\u200d",
    0,
  ]] as const;
  for (const [text, columns] of widths) assert.equal(columnsOf(text), columns, text);
});

Deno.test("emoji take two columns each, and the parts of a joined one are counted", () => {
  for (const [text, columns] of [["👍", 2], ["❤️", 2], ["❤", 1], ["👩‍👧", 4]] as const) {
    assert.equal(columnsOf(text), columns, text);
  }
});

Deno.test("a text that fits stays whole", () => {
  assert.equal(clip("hello", 5), "hello");
  assert.equal(clip("Grüße", 5), "Grüße");
});

Deno.test("a text that does not fit is cut, and says so", () => {
  assert.equal(clip("hello there", 6), "hello…");
  assert.deepEqual([clip("hello", 1), clip("hello", 0), clip("hello", -2)], ["…", "", ""]);
});

Deno.test("wide characters never take more room than there is, and none is cut apart", () => {
  assert.equal(clip("日本語", 5), "日本…");
  assert.equal(clip("👍👍👍", 4), "👍…");
  assert.equal(clip("👩‍👧👩‍👧", 6), "👩‍👧…");
  assert.equal(clip("e\u0301e\u0301e\u0301", 2), "e\u0301…");
});
