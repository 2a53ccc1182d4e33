import assert from "node:assert/strict";
import { alertLines } from "../../../client/terminal/alert_lines.ts";
import { paint } from "../../../client/terminal/styled_line.ts";

const time = new Date(2026, 6, 24, 12, 3).getTime();

Deno.test("an alert says what happened, when, and what to do if it was somebody else", () => {
  assert.deepEqual(shown({ about: "new_login", device: "terminal on x", time }, time), [
    '  ! New login to your account from "terminal on x" at 12:03.',
    "    Not you? /devices shows it, /revoke logs it out, /password changes your password.",
  ]);
  for (const about of ["token_reused", "recovery_code_used", "other"] as const) {
    const lines = shown({ about, time }, time);
    assert.match(lines.join("\n"), /at 12:03\.\n.*\/(password|devices)/);
    for (const line of lines) assert.ok(line.length <= 90, line);
  }
});

Deno.test("an alert of another day names the day", () => {
  const [first] = shown({ about: "new_login", time }, time + 24 * 60 * 60 * 1000);
  assert.equal(
    first,
    "  ! New login to your account from a device without a name on Friday 24 July 2026 at 12:03.",
  );
});

function shown(alert: Parameters<typeof alertLines>[0], now: number): readonly string[] {
  return alertLines(alert, now).map((line) => paint(line, false));
}
