import assert from "node:assert/strict";
import { understand } from "../../../client/commands/understand.ts";

Deno.test("a line is said as it stands, without spaces at its end", () => {
  assert.deepEqual(understand("  hello there \n"), { kind: "say", text: "  hello there" });
});

Deno.test("an empty line means nothing", () => {
  assert.deepEqual(understand(" \n "), { kind: "nothing" });
});

Deno.test("a slash begins a command with its words, in any case and by any of its names", () => {
  const intent = understand("/Switch  ops now");
  assert.ok(intent.kind === "run");
  assert.equal(intent.command.name, "room");
  assert.deepEqual(intent.words, ["ops", "now"]);
});

Deno.test("a command that takes a text takes it as it stands, in several lines too", () => {
  const intent = understand("/reply 17  one  two\n  three");
  assert.ok(intent.kind === "run");
  assert.deepEqual([intent.command.name, intent.rest], ["reply", "17  one  two\n  three"]);
});

Deno.test("two slashes begin a text that begins with one", () => {
  assert.deepEqual(understand("//etc/hosts"), { kind: "say", text: "/etc/hosts" });
});

Deno.test("a text of several lines is no command, whatever it begins with", () => {
  assert.deepEqual(understand("/quit\nis what I typed"), { kind: "say", text: "/quit\nis what I typed" });
});

Deno.test("an unknown command says what may have been meant", () => {
  assert.deepEqual(understand("/jion ops"), {
    kind: "unknown",
    text: "There is no such command. Did you mean /join?",
  });
  assert.deepEqual(understand("/peple", "admin"), {
    kind: "unknown",
    text: "There is no such command. Did you mean /people?",
  });
});

Deno.test("nobody is asked whether they meant what their role may not do", () => {
  for (const line of ["/peopl", "/rset", "/polcy", "/invit"]) {
    assert.deepEqual(understand(line, "member"), {
      kind: "unknown",
      text: "There is no such command. /help lists all; // begins a text with /",
    });
  }
});

Deno.test("what is near to no command is answered with the way to the list", () => {
  assert.deepEqual(understand("/xyzzy"), {
    kind: "unknown",
    text: "There is no such command. /help lists all; // begins a text with /",
  });
});
