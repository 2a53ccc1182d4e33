import assert from "node:assert/strict";
import {
  formatInviteLink,
  formatResetLink,
  LinkUnreadable,
  parseInviteLink,
  parseResetLink,
} from "../../../shared/identity/mod.ts";

const link = { host: "192.168.1.20", port: 7443, secret: "s".repeat(21) + "A", pin: "p".repeat(42) + "A" };

Deno.test("a reset link comes back as it was made, and is spelled as the protocol says", () => {
  assert.equal(formatResetLink(link), `chat://192.168.1.20:7443/reset#${link.secret}.${link.pin}`);
  assert.deepEqual(parseResetLink(formatResetLink(link)), link);
});

Deno.test("a reset link is no invite, and an invite link no reset", () => {
  assert.throws(() => parseInviteLink(formatResetLink(link)), LinkUnreadable);
  assert.throws(() => parseResetLink(formatInviteLink(link)), LinkUnreadable);
});

Deno.test("a reset link that is not whole is refused, and its secret not repeated", () => {
  const whole = formatResetLink(link);
  for (
    const text of [whole.slice(0, -1), `${whole}A`, whole.replace(".p", "p"), whole.replace("reset", "Reset")]
  ) {
    assert.throws(() => parseResetLink(text), (error) => {
      assert.ok(error instanceof LinkUnreadable);
      assert.ok(!error.message.includes("sss"));
      assert.match(error.message, /looks like chat:\/\/.+\/reset#.+copy it again/);
      return true;
    });
  }
});
