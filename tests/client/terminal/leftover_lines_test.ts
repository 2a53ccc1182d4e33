import assert from "node:assert/strict";
import {
  leftBehindLines,
  refusedLeftoverLines,
  resumedAnswerLine,
  resumedLine,
  tooOldLines,
} from "../../../client/terminal/leftover_lines.ts";
import type { Line } from "../../../client/terminal/styled_line.ts";

const one = { room: "general", text: "first\nsecond", time: new Date(2026, 6, 25, 14, 3).getTime() };
const two = { room: "ops", text: "\x1b[31mred", time: one.time };

Deno.test("what is left behind is shown whole, and whether it is sent later", () => {
  assert.deepEqual(plain(leftBehindLines([one], true)), [
    "  Not sent yet: 1 message. It is sent when you connect again:",
    "  #general  first",
    "  #general  second",
  ]);
  assert.match(
    plain(leftBehindLines([one, two], true))[0] ?? "",
    /2 messages\. They are sent when you connect/,
  );
  assert.match(plain(leftBehindLines([one], false))[0] ?? "", /Not sent, and not kept: 1 message\. Copy/);
});

Deno.test("what is sent from last time is counted at its beginning and at its end", () => {
  assert.deepEqual(plain([resumedLine(1), resumedLine(2)]), [
    "  1 message from last time is being sent.",
    "  2 messages from last time are being sent.",
  ]);
  assert.deepEqual(plain([resumedAnswerLine(2, 2), resumedAnswerLine(1, 2)]), [
    "  Sent what was left from last time.",
    "  Sent 1 of 2 messages from last time.",
  ]);
});

Deno.test("words that are not sent are shown to be copied, and cannot do anything to the terminal", () => {
  const lines = [...refusedLeftoverLines(two, "You are not in ops"), ...tooOldLines([one])];
  const texts = plain(lines);
  assert.equal(texts[0], "  ✗ Not sent from last time: You are not in ops. Your words:");
  assert.match(texts[1] ?? "", /^ {2}#ops {2}.*red$/);
  assert.ok(!texts.join("").includes("\x1b"));
  assert.match(texts[2] ?? "", /Too old to be sent by itself: from Saturday 25 July 2026 at 14:03\./);
  assert.deepEqual(texts.slice(3), ["  #general  first", "  #general  second"]);
});

function plain(lines: readonly Line[]): string[] {
  return lines.map((line) => line.map(({ text }) => text).join(""));
}
