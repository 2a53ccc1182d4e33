import assert from "node:assert/strict";
import { eventLines } from "../../../client/terminal/event_lines.ts";
import { plainEventLines } from "../../../client/terminal/plain_lines.ts";
import { type Line, paint } from "../../../client/terminal/styled_line.ts";
import type { ShownEvent } from "../../../client/model/mod.ts";

const time = new Date(2026, 6, 24, 14, 3).getTime();
const here = { me: "ana", label: "#general", here: true };
const elsewhere = { ...here, here: false };

Deno.test("a message has its time, its author and its text", () => {
  assert.deepEqual(plainly(eventLines(message("hi there"), here)), ["   1 14:03 ben  hi there"]);
});

Deno.test("further lines of a message stand under its first one", () => {
  assert.deepEqual(plainly(eventLines(message("one\n  two\nthree"), here)), [
    "   1 14:03 ben  one",
    "                  two",
    "                three",
  ]);
});

Deno.test("a message of another room says which", () => {
  assert.deepEqual(plainly(eventLines(message("hi"), elsewhere)), ["     14:03 #general ben  hi"]);
});

Deno.test("coming and going are told", () => {
  assert.deepEqual(plainly(eventLines({ type: "joined", seq: 2, time, username: "eve" }, here)), [
    "     14:03 → eve joined",
  ]);
  assert.deepEqual(plainly(eventLines({ type: "left", seq: 3, time, username: "eve" }, elsewhere)), [
    "     14:03 #general ← eve left",
  ]);
});

Deno.test("names and texts of others cannot write to the terminal", () => {
  const event = { ...message("\x1b]0;owned\x07"), from: "be\x1b[2Jn" };
  assert.deepEqual(plainly(eventLines(event, here)), ["   1 14:03 be␛[2Jn  ␛]0;owned␇"]);
  assert.deepEqual(plainly(plainEventLines(event, here)), ["[general] 14:03 <be␛[2Jn> ␛]0;owned␇"]);
});

Deno.test("a name has one colour everywhere, and one's own is underlined", () => {
  const [line = []] = eventLines(message("hi"), here);
  const [again = []] = eventLines(message("hi again"), elsewhere);
  const style = line.find(({ text }) => text === "ben")?.style;
  assert.match(style ?? "", /^name\d$/);
  assert.equal(again.find(({ text }) => text === "ben")?.style, style);
  const [own = []] = eventLines(message("hi", "ana"), here);
  assert.ok(paint(own, true).includes("\x1b[1;4mana\x1b[0m"));
});

Deno.test("plain lines hold one event each, and indent what follows", () => {
  assert.deepEqual(plainly(plainEventLines(message("one\ntwo"), here)), [
    "[general] 14:03 <ben> one",
    "    two",
  ]);
  assert.deepEqual(plainly(plainEventLines({ type: "joined", seq: 2, time, username: "eve" }, here)), [
    "[general] 14:03 * eve joined",
  ]);
});

function message(text: string, from = "ben"): ShownEvent & { readonly type: "message" } {
  return { type: "message", seq: 1, time, from, text };
}

function plainly(lines: readonly Line[]): readonly string[] {
  return lines.map((line) => paint(line, false));
}
