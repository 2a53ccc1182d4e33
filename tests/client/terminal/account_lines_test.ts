import assert from "node:assert/strict";
import type { Outcome } from "../../../client/commands/command.ts";
import { codePicture } from "../../../client/terminal/code_picture.ts";
import { columnsOf } from "../../../client/terminal/columns.ts";
import { newModel } from "../../../client/model/mod.ts";
import { eventLines } from "../../../client/terminal/event_lines.ts";
import { outcomeLines } from "../../../client/terminal/outcome_lines.ts";
import { paint } from "../../../client/terminal/styled_line.ts";

const seen = new Date(2026, 6, 24, 14, 3).getTime();

const model = newModel({ username: "ana", role: "member" });

Deno.test("devices are numbered, and the one in use, those connected and the others told apart", () => {
  const device = { device: "d", created: seen, seen, online: false, current: false };
  const devices = [
    { ...device, name: "terminal on desk", online: true, current: true },
    { ...device, name: "phone \x1b[2J", online: true },
    device,
  ];
  assert.deepEqual(shown({ kind: "devices", devices }), [
    "   1  terminal on desk         this one",
    "   2  phone ␛[2J               connected now",
    "   3  a device without a name  seen Friday 24 July 2026 at 14:03",
    "  /revoke and its number logs a device out, /revoke others all but this one.",
  ]);
});

Deno.test("people have their roles, their second factor, and when they were there", () => {
  const people = [
    { username: "ana", role: "owner", twoFactor: true, online: true },
    { username: "benedict", role: "guest", twoFactor: false, online: false, seen },
    { username: "cleo", role: "member", twoFactor: false, online: false },
    { username: "deploy", role: "guest", twoFactor: false, bot: true, online: true },
  ] as const;
  assert.deepEqual(shown({ kind: "people", people }), [
    "  ana       owner   two-factor     here",
    "  benedict  guest   password only  seen Friday 24 July 2026 at 14:03",
    "  cleo      member  password only  never here",
    "  deploy    bot     token          here",
  ]);
});

Deno.test("bots have what they may do, and a new one's token stands by itself", () => {
  const bots = [
    { username: "alarm", scopes: ["send"], rooms: 0, online: false, deactivated: true },
    { username: "deploy", scopes: ["read", "send"], rooms: 2, online: true, seen },
  ];
  assert.deepEqual(shown({ kind: "bots", bots }), [
    "  alarm   send        in no room  deactivated",
    "  deploy  read, send  in 2 rooms  here",
  ]);
  const bot = { type: "bot", re: "1", username: "deploy", scopes: ["send"], token: "t", link: "L" } as const;
  assert.deepEqual(shown({ kind: "bot", bot, isNew: true }), [
    "  deploy may: send. Its token, for CHAT_TOKEN or a file that only it can read:",
    "  L",
    "  Whoever has it speaks as this bot. It is not shown again: /bot deploy renew makes another.",
    "  It is in no room until somebody adds it: /add deploy",
  ]);
  assert.equal(
    shown({ kind: "bot", bot, isNew: false }).at(-1),
    "  It is in the rooms that it was in. Its token from before is good no more.",
  );
});

Deno.test("a reset link is the command that the person has to run", () => {
  const reset = {
    type: "reset",
    re: "1",
    username: "ben",
    secret: "s",
    link: "chat://h:1/reset#s.p",
    expires: seen,
  } as const;
  assert.deepEqual(shown({ kind: "reset", reset, endsTwoFactor: true }).slice(0, 2), [
    "  For ben to set a new password, with two-factor off, until Friday 24 July 2026 at 14:03:",
    "  chat connect 'chat://h:1/reset#s.p'",
  ]);
});

const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const uri = `otpauth://totp/Team:ana?secret=${secret}&issuer=Team`;

Deno.test("a secret stands in groups of four beside its picture, in 80 columns and 24 rows", () => {
  const lines = shown({ kind: "two_factor_secret", secret, uri }, { columns: 80, rows: 23 });
  assert.ok(lines.length <= 23);
  for (const line of lines) assert.ok(columnsOf(line) <= 80, line);
  assert.match(lines.join("\n"), /JBSW Y3DP EHPK 3PXP\n.* {2}JBSW Y3DP EHPK 3PXP/);
  assert.ok(!lines.join("\n").includes("otpauth"));
});

Deno.test("the picture holds the link but for what every app takes for granted", () => {
  const size = { columns: 80, rows: 23 };
  const short =
    "otpauth://totp/Our%20team:benedict?issuer=Our%20team&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
  const lines = shown({
    kind: "two_factor_secret",
    secret,
    uri: `${short}&algorithm=SHA1&digits=6&period=30`,
  }, size);
  const picture = (codePicture(short, size) ?? []).map((line) => paint(line, false));
  assert.deepEqual(lines.map((line, index) => line.startsWith(picture[index] ?? "x")), lines.map(() => true));
});

Deno.test("where no picture can be shown, the secret and the link stand there in words", () => {
  for (const size of [undefined, { columns: 30, rows: 23 }, { columns: 80, rows: 10 }]) {
    const text = shown({ kind: "two_factor_secret", secret, uri }, size).join("\n");
    assert.match(text, /JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP/);
    assert.ok(text.includes(uri));
    assert.doesNotMatch(text, /[▀▄█]/);
  }
});

Deno.test("recovery codes stand in pairs, and none is left out", () => {
  const codes = ["a-1", "b-2", "c-3"];
  assert.deepEqual(shown({ kind: "recovery_codes", codes }).slice(2, 4), ["    a-1    b-2", "    c-3"]);
});

function shown(
  outcome: Parameters<typeof outcomeLines>[0] & Outcome,
  pictureSize?: { readonly columns: number; readonly rows: number },
): readonly string[] {
  return outcomeLines(outcome, { model, eventLines, hasKeys: true, pictureSize }).map((line) =>
    paint(line, false)
  );
}
