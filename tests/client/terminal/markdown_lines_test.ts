import assert from "node:assert/strict";
import { readMarkdown } from "../../../client/markdown/read_markdown.ts";
import { eventLines } from "../../../client/terminal/event_lines.ts";
import { paint } from "../../../client/terminal/styled_line.ts";

const time = new Date(2026, 6, 24, 14, 3).getTime();

Deno.test("marks are looks, and rows stand under each other", () => {
  assert.deepEqual(painted("**now**\n- `x`\n> q"), [
    "\x1b[1mnow\x1b[0m",
    "\x1b[2m• \x1b[0m\x1b[33mx\x1b[0m",
    "\x1b[2m│ \x1b[0mq",
  ]);
});

Deno.test("a link says where it leads, unless that is what it says", () => {
  assert.deepEqual(painted("[bank](https://evil.example/)"), [
    "\x1b[4mbank\x1b[0m\x1b[2m <https://evil.example/>\x1b[0m",
  ]);
  assert.deepEqual(painted("<https://a.example/>"), ["\x1b[4mhttps://a.example/\x1b[0m"]);
});

Deno.test("what would act on the terminal is seen in every kind of block", () => {
  for (
    const text of [
      "\x1b]0;x\x07**a**",
      "`\x1b[2J`",
      "> \x1b[2J",
      "- \x1b[2J",
      "```\x1b\n\x1b[2J\n```",
      "[a](/\x1b)",
    ]
  ) {
    // deno-lint-ignore no-control-regex -- the beginning of what a terminal would act on
    assert.doesNotMatch(lines(text).map((line) => paint(line, false)).join(""), /\x1b/, JSON.stringify(text));
  }
});

Deno.test("one's own name stands out where one is meant, but not in code", () => {
  assert.deepEqual(painted("hi @ana `@ana`", ["ana"]), [
    "hi \x1b[1;7m@ana\x1b[0m \x1b[33m@ana\x1b[0m",
  ]);
});

function lines(text: string, mentions: readonly string[] = []) {
  const message = { type: "message", seq: 1, time, from: "ben", text, mentions } as const;
  const view = { me: "ana", label: "#general", here: true, markdown: readMarkdown };
  return eventLines(message, view);
}

/** Without what stands before the text. */
function painted(text: string, mentions?: readonly string[]): readonly string[] {
  return lines(text, mentions).map((line, index) =>
    line.slice(index === 0 ? 3 : 1).map((part) => paint([part], true)).join("")
  );
}
