import assert from "node:assert/strict";
import { outcomeLines } from "../../../client/terminal/outcome_lines.ts";
import { paint } from "../../../client/terminal/styled_line.ts";
import { commands } from "../../../client/commands/table.ts";

type Shown = Parameters<typeof outcomeLines>[0];

Deno.test("help has a line for every command, and fits into 80 columns and 24 rows with the prompt", () => {
  const lines = shown({ kind: "help", commands });
  assert.ok(lines.length < 24);
  for (const { name, says } of commands) {
    assert.ok(lines.some((line) => line.includes(`/${name}`) && line.includes(says)), name);
  }
  for (const line of lines) assert.ok(line.length <= 80, line);
});

Deno.test("help tells of keys only where they do something", () => {
  const keys = /Tab|↑|Alt-Enter/;
  assert.match(shown({ kind: "help", commands }).join("\n"), keys);
  assert.doesNotMatch(shown({ kind: "help", commands }, false).join("\n"), keys);
});

Deno.test("rooms show whether one is in them, how many are, and what for", () => {
  const rooms = [
    { room: "general", kind: "standard", access: "public", members: 2, member: true },
    { room: "ops", kind: "standard", access: "private", members: 1, member: false, topic: "On \x1bcall" },
  ];
  assert.deepEqual(shown({ kind: "rooms", rooms }), [
    "  ✓ #general  2 members",
    "    #ops      1 member, private  On ␛call",
  ]);
});

Deno.test("members are told by whether they are there", () => {
  const users = [
    { username: "ana", status: "online" },
    { username: "ben", status: "offline" },
    { username: "eve", status: "online" },
  ] as const;
  assert.deepEqual(shown({ kind: "members", room: "general", users, more: false }), [
    "  3 members in #general",
    "  Here  ana, eve",
    "  Gone  ben",
  ]);
  const [first] = shown({ kind: "members", room: "general", users, more: true });
  assert.equal(first, "  More than 3 members in #general");
});

Deno.test("an invite shows the command that a colleague has to run", () => {
  const expires = new Date(2026, 6, 24, 14, 3).getTime();
  const invite = { type: "invite", re: "1", secret: "s", link: "chat://h:1/#s.p", uses: 2, expires } as const;
  assert.deepEqual(shown({ kind: "invite", invite, role: "admin" }).slice(0, 2), [
    "  For 2 colleagues, as admins, until Friday 24 July 2026 at 14:03:",
    "  chat connect 'chat://h:1/#s.p'",
  ]);
  const [one] = shown({ kind: "invite", invite: { ...invite, uses: 1 }, role: "guest" });
  assert.equal(one, "  For 1 colleague, as a guest, until Friday 24 July 2026 at 14:03:");
});

function shown(outcome: Shown, hasKeys = true): readonly string[] {
  return outcomeLines(outcome, { me: "ana", hasKeys }).map((line) => paint(line, false));
}
