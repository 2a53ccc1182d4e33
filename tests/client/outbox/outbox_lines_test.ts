import assert from "node:assert/strict";
import type { Said } from "../../../client/connection/mod.ts";
import { answeredLine, readOutboxLines, saidLine } from "../../../client/outbox/outbox_lines.ts";

const ana = { pin: "pin", username: "ana" };
const one = { room: "general", text: 'one\n"quoted"', nonce: "n1", time: 1 };
const two = { room: "ops", text: "two", nonce: "n2", time: 2 };

Deno.test("What was said and not answered is read back in its order", () => {
  const three = { ...one, nonce: "n3" };
  const text = saidLine(ana, one) + saidLine(ana, two) + answeredLine("n1") + saidLine(ana, three);
  assert.deepEqual(read(text), [two, three]);
  assert.deepEqual(read(""), []);
});

Deno.test("A last line that a crash has torn costs nothing but itself, wherever it was torn", () => {
  const whole = saidLine(ana, one);
  const last = saidLine(ana, two);
  for (let length = 0; length < last.length - 1; length++) {
    assert.deepEqual(read(whole + last.slice(0, length)), [one], last.slice(0, length));
  }
  assert.deepEqual(read(whole + last.trimEnd()), [one, two]);
});

Deno.test("Lines of anything else are passed over", () => {
  const garbage = [
    "",
    "\0\0\0\0",
    "null",
    "7",
    "[]",
    "{}",
    '{"said":true}',
    '{"answered":1}',
    "{".repeat(1_000),
  ];
  const text = garbage.flatMap((line) => [line + "\n", saidLine(ana, { ...one, nonce: line })]).join("");
  assert.deepEqual(read(text)?.map(({ nonce }) => nonce), garbage);
});

Deno.test("What another person said, or to another server, is nobody else's", () => {
  for (const other of [{ pin: "pin", username: "ben" }, { pin: "other", username: "ana" }]) {
    assert.equal(read(saidLine(ana, one) + saidLine(other, two)), undefined);
  }
});

function read(text: string): Said[] | undefined {
  const unanswered = readOutboxLines(text, ana);
  return unanswered && [...unanswered.values()];
}
