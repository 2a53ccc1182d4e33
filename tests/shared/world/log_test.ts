import assert from "node:assert/strict";
import fc from "fast-check";
import { lineLog, type LogFormat } from "../../../shared/world/mod.ts";
import { manualClock } from "../../kit/manual_clock.ts";
import { fromSeed } from "../../kit/seed.ts";

function linesOf(format: LogFormat, write: (log: ReturnType<typeof lineLog>) => void): string[] {
  const lines: string[] = [];
  write(lineLog(format, manualClock(), (line) => lines.push(line)));
  return lines;
}

Deno.test("a log in JSON is one object a line, with time, level, event and fields", () => {
  const lines = linesOf("json", (log) => {
    log.info("listening", { door: "line", port: 7443 });
    log.warn("odd");
    log.error("failed", { reason: undefined });
  });
  const time = "2026-01-01T00:00:00.000Z";
  assert.deepEqual(lines.map((line) => JSON.parse(line)), [
    { time, level: "info", event: "listening", door: "line", port: 7443 },
    { time, level: "warn", event: "odd" },
    { time, level: "error", event: "failed" },
  ]);
});

Deno.test("a log in text names its fields, and quotes what is not plain", () => {
  const [line] = linesOf(
    "text",
    (log) => log.info("event", { a: 1, b: "x y", c: true, d: undefined, e: "" }),
  );
  assert.equal(line, '2026-01-01T00:00:00.000Z info  event a=1 b="x y" c=true e=""\n');
});

/** What moves a cursor, breaks a line, turns the direction of writing or is not seen at all. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

const unseenCharacters: readonly string[] = Array.from(
  { length: 0x110000 },
  (_, code) => String.fromCodePoint(code),
).filter((character) => unseen.test(character));

/** Mostly what does harm: each of these in Unicode, quotes and backslashes, and things that look like a log. */
const hostileText = fc.array(
  fc.oneof(
    fc.constantFrom(...unseenCharacters, '"', "\\", "\\n", " "),
    fc.constantFrom(
      '" level=error',
      '","level":"error',
      "\u001b]0;title\u0007",
      "\u001b[2J",
      "\ud800",
      "\udc00",
    ),
    fc.string({ unit: "binary" }),
  ),
  { maxLength: 12 },
).map((parts) => parts.join(""));

Deno.test("whatever comes from outside stays within its line, moves no cursor and hides nothing", () => {
  fc.assert(
    fc.property(hostileText, fc.constantFrom<LogFormat>("text", "json"), (text, format) => {
      const lines = linesOf(format, (log) => log.warn("heard", { text }));
      assert.equal(lines.length, 1);
      assert.match(lines[0] ?? "", /\n$/);
      assert.doesNotMatch((lines[0] ?? "").slice(0, -1), unseen);
    }),
    fromSeed(),
  );
});

Deno.test("whatever comes from outside can be read back out of its field", () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const [json = ""] = linesOf("json", (log) => log.warn("heard", { text, last: true }));
      assert.deepEqual(Object.keys(JSON.parse(json)), ["time", "level", "event", "text", "last"]);
      assert.equal(JSON.parse(json).text, text);
      const [line = ""] = linesOf("text", (log) => log.warn("heard", { text, last: true }));
      const value = /^\S+ warn {2}heard text=(.*) last=true\n$/.exec(line)?.[1] ?? "";
      assert.equal(value.startsWith('"') ? JSON.parse(value) : value, text);
    }),
    fromSeed(),
  );
});

Deno.test("every character that is not seen is escaped, alone or among others", () => {
  for (const text of unseenCharacters) {
    for (const format of ["text", "json"] as const) {
      const [line = ""] = linesOf(format, (log) => log.warn("heard", { text }));
      assert.doesNotMatch(line.slice(0, -1), unseen, text.codePointAt(0)?.toString(16));
    }
  }
});
