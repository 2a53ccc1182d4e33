import assert from "node:assert/strict";
import { checkNewPassword, normalizePassword } from "../../../server/sessions/password_rules.ts";
import { assertRefused, refusalOf } from "../../kit/refusals.ts";

Deno.test("a password has 15 to 256 code points", () => {
  const of = (length: number) => String.fromCodePoint(...Array.from({ length }, (_, at) => 0x1f300 + at));
  for (const length of [15, 256]) checkNewPassword(of(length), "ana");
  for (const length of [14, 257]) assertRefused(() => checkNewPassword(of(length), "ana"), "weak_password");
  assertRefused(() => checkNewPassword("", "ana"), "weak_password");
  // 14 characters that are 28 units of UTF-16.
  assertRefused(() => checkNewPassword("😀😁😂🤣😃😄😅😆😉😊😋😎😍😘", "ana"), "weak_password");
});

Deno.test("a password is not the name, not of three characters only, and no repetition", () => {
  const name = "a-name-of-some-length";
  assertRefused(() => checkNewPassword(name, name), "weak_password");
  assertRefused(() => checkNewPassword(name.toUpperCase(), name), "weak_password");
  assertRefused(() => checkNewPassword("abcabcabcabcabcabc", "ana"), "weak_password");
  assertRefused(() => checkNewPassword("passwordpassword", "ana"), "weak_password");
  checkNewPassword("correct horse battery", "ana");
});

Deno.test("a refusal says what to do and does not repeat the password", () => {
  const { message } = refusalOf(() => checkNewPassword("hunter2", "ana"));
  assert.match(message, /at least 15 characters/);
  assert.ok(!message.includes("hunter2"));
});

Deno.test("a password does not depend on how the keyboard makes an ä", () => {
  assert.equal(normalizePassword("a\u0308"), normalizePassword("\u00e4"));
});
