import assert from "node:assert/strict";
import { outcomeLines } from "../../../client/terminal/outcome_lines.ts";
import { paint } from "../../../client/terminal/styled_line.ts";
import { groups } from "../../../client/commands/command.ts";
import { commands } from "../../../client/commands/table.ts";
import { newModel } from "../../../client/model/mod.ts";
import { eventLines } from "../../../client/terminal/event_lines.ts";

const model = newModel({ username: "ana", role: "member" });

type Shown = Parameters<typeof outcomeLines>[0];

Deno.test("help names every command, and is seen at once in 24 rows of 80 columns", () => {
  const lines = shown({ kind: "help", commands });
  for (const { name } of commands) assert.ok(lines.some((line) => ` ${line} `.includes(` /${name} `)), name);
  for (const line of lines) assert.ok(line.length <= 80, line);
  assert.ok(lines.length <= 22, String(lines.length));
});

Deno.test("each command and each group is explained in 24 rows of 80 columns", () => {
  for (const group of Object.keys(groups)) {
    const some = commands.filter((command) => command.group === group);
    const lines = shown({ kind: "explained", commands: some });
    for (const { name, says } of some) {
      assert.ok(
        lines.some((line) => line.includes(`/${name}`)) && lines.some((line) => line.includes(says)),
        name,
      );
    }
    for (const line of lines) assert.ok(line.length <= 80, line);
    assert.ok(lines.length <= 22, group);
  }
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
    { room: "dm.1.2", kind: "standard", access: "direct", members: 2, member: true, people: ["ana", "ben"] },
  ];
  assert.deepEqual(shown({ kind: "rooms", rooms }), [
    "  ✓ #general  2 members",
    "    #ops      1 member, private  On ␛call",
    "  ✓ @ben      direct",
  ]);
});

Deno.test("members are told by whether they are there", () => {
  const users = [
    { username: "ana", status: "online", role: "owner" },
    { username: "ben", status: "offline" },
    { username: "eve", status: "busy", standing: "moderator", displayName: "Eve\x1b M." },
  ] as const;
  assert.deepEqual(shown({ kind: "members", room: "general", label: "#general", users, more: false }), [
    "  3 members in #general",
    "  Here  ana (owner)",
    "  Busy  eve (“Eve␛ M.”, moderator)",
    "  Gone  ben",
  ]);
  const [first] = shown({ kind: "members", room: "general", label: "#general", users, more: true });
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

Deno.test("what was found stands out from what was said around it", () => {
  const said = (seq: number, text: string) =>
    ({ type: "message", seq, time: new Date(2026, 6, 24, 14, 3).getTime(), from: "ben", text }) as const;
  const result = { room: "ops", before: said(1, "so"), message: said(2, "needle"), after: said(3, "well") };
  assert.deepEqual(
    shown({ kind: "found", found: { type: "search", re: "1", results: [result], indexed: true } }),
    [
      "──── Friday 24 July 2026 ────",
      "     14:03 #ops 1 ben  so",
      "   » 14:03 #ops 2 ben  needle",
      "     14:03 #ops 3 ben  well",
      "",
      "  1 message found.",
    ],
  );
});

function shown(outcome: Shown, hasKeys = true): readonly string[] {
  return outcomeLines(outcome, { model, eventLines, hasKeys }).map((line) => paint(line, false));
}
