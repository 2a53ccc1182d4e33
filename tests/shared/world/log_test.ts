import assert from "node:assert/strict";
import { lineLog, type LogFormat } from "../../../shared/world/mod.ts";
import { manualClock } from "../../kit/manual_clock.ts";

function linesOf(format: LogFormat, write: (log: ReturnType<typeof lineLog>) => void): string[] {
  const lines: string[] = [];
  write(lineLog(format, manualClock(), (line) => lines.push(line)));
  return lines;
}

/** Controls, and marks that turn the direction of writing. */
// deno-lint-ignore no-control-regex -- that none is there is what is tested
const unsafe = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

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

Deno.test("whatever comes from the network stays within its line and moves no cursor", () => {
  const hostile = 'a\nb\r\u001b[2J\u007f\u009b31m\u202e\u2066\u200f\u2028" level=error';
  for (const format of ["text", "json"] as const) {
    const lines = linesOf(format, (log) => log.info("heard", { hostile }));
    assert.equal(lines.length, 1);
    const line = lines.join("");
    assert.equal(line.indexOf("\n"), line.length - 1);
    assert.doesNotMatch(line.slice(0, -1), unsafe);
  }
  const [json = ""] = linesOf("json", (log) => log.info("heard", { hostile }));
  assert.equal(JSON.parse(json).hostile, hostile);
});
