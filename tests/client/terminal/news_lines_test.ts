import assert from "node:assert/strict";
import { roomLines } from "../../../client/terminal/news_lines.ts";
import { paint } from "../../../client/terminal/styled_line.ts";
import { newRoom, type RoomFacts } from "../../../client/model/mod.ts";

Deno.test("whoever turns to a room is told what it is for the first time, and its topic always", () => {
  const ops = { name: "ops", kind: "standard", read: 0, topic: "On call", description: "Things that run" };
  assert.deepEqual(greeting(ops, "#ops", "Joined", 1), [
    "  Joined #ops with 1 person. 0 unread.",
    "  About: Things that run",
    "  Topic: On call",
  ]);
  assert.deepEqual(greeting({ ...ops, archived: true }, "#ops", "In", 0), [
    "  In #ops. Nobody else is in it yet. 0 unread. It is archived: you can only read.",
    "  Topic: On call",
  ]);
});

Deno.test("a direct conversation is greeted by who is in it", () => {
  const direct = { name: "dm.1.2", kind: "standard", access: "direct", read: 0 };
  assert.deepEqual(greeting(direct, "@ben", "Joined", 1), ["  Talking with @ben. 0 unread."]);
});

function greeting(facts: RoomFacts, label: string, verb: "Joined" | "In", others: number): readonly string[] {
  return roomLines(newRoom(facts), label, verb, others).map((line) => paint(line, false));
}
