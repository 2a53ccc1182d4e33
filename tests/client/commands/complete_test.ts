import assert from "node:assert/strict";
import { complete, type Completion } from "../../../client/commands/complete.ts";
import { newRoom } from "../../../client/model/mod.ts";

Deno.test("a command is completed where it is certain, and its choices are told where it is not", () => {
  assert.deepEqual(completed("/jo"), { text: "/join ", choices: [] });
  assert.deepEqual(completed("/roo"), { text: "/room", choices: ["/room", "/rooms"] });
  assert.deepEqual(completed("/h"), { text: "/h", choices: ["/help", "/history"] });
});

Deno.test("what follows a command is completed to what it takes", () => {
  assert.deepEqual(completed("/join op").text, "/join ops ");
  assert.deepEqual(completed("/join #op").text, "/join #ops ");
  assert.deepEqual(completed("/leave op").text, "/leave op");
  assert.deepEqual(completed("/leave g").text, "/leave general ");
});

Deno.test("names and rooms are completed in what is said", () => {
  assert.deepEqual(completed("thanks @be").text, "thanks @ben ");
  assert.deepEqual(completed("be").text, "ben ");
  assert.deepEqual(completed("see #op").text, "see #ops ");
});

Deno.test("nothing is completed where nothing was begun or nothing fits", () => {
  assert.deepEqual(completed("hello "), { text: "hello ", choices: [] });
  assert.deepEqual(completed("hello xy"), { text: "hello xy", choices: [] });
});

function completed(text: string): Completion {
  const general = newRoom({ name: "general", kind: "standard", read: 0 });
  return complete(text, {
    model: {
      me: { username: "ana", role: "member" },
      rooms: new Map([["general", general]]),
      presence: new Map(),
    },
    members: ["ana", "ben"],
    rooms: ["general", "ops"],
  });
}
