import assert from "node:assert/strict";
import { complete, type Completion } from "../../../client/commands/complete.ts";
import type { Role } from "../../../shared/protocol/mod.ts";
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

Deno.test("a command's own words and people's names are completed in their places", () => {
  assert.equal(completed("/2fa of").text, "/2fa off ");
  assert.equal(completed("/revoke o").text, "/revoke others ");
  assert.equal(completed("/role be", { role: "owner" }).text, "/role ben ");
  assert.equal(completed("/role ben gu", { role: "owner" }).text, "/role ben guest ");
  assert.equal(completed("/policy 2fa on", { role: "owner" }).text, "/policy 2fa on ");
});

Deno.test("a command is completed for those alone who may use it", () => {
  assert.equal(completed("/peo").text, "/peo");
  assert.equal(completed("/peo", { role: "admin" }).text, "/people ");
});

Deno.test("no name is completed that could do something to the terminal", () => {
  const names = ["evil\x1b[2J", "evil\u202e", "evil"];
  assert.equal(completed("ev", { names }).text, "evil ");
  assert.equal(completed("/join ev", { names }).text, "/join evil ");
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

function completed(
  text: string,
  { role = "member", names = [] }: { readonly role?: Role; readonly names?: readonly string[] } = {},
): Completion {
  const general = newRoom({ name: "general", kind: "standard", read: 0 });
  return complete(text, {
    model: {
      me: { username: "ana", role },
      rooms: new Map([["general", general]]),
      presence: new Map(),
      profiles: new Map(),
    },
    members: ["ana", "ben", ...names],
    rooms: ["general", "ops", ...names],
  });
}
