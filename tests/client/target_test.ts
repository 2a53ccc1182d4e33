import assert from "node:assert/strict";
import { readTarget } from "../../client/target.ts";
import { LinkUnreadable } from "../../shared/identity/mod.ts";
import { systemClock } from "../../shared/world/mod.ts";

const secret = `${"s".repeat(21)}A`;
const pin = `${"p".repeat(42)}A`;
const address = { host: "chat.example.com", port: 7443 };

Deno.test("an invite link and a reset link lead to the same server, for different ends", () => {
  assert.deepEqual(read(`chat://chat.example.com/#${secret}.${pin}`), { address, pin, invite: secret });
  assert.deepEqual(read(`chat://chat.example.com:7443/reset#${secret}.${pin}`), {
    address,
    pin,
    reset: secret,
  });
  assert.deepEqual(read("chat.example.com"), { address });
});

Deno.test("a link to a room opens it, and one to a message opens it there", () => {
  assert.deepEqual(read("chat://chat.example.com/Ops"), { address, room: "ops" });
  assert.deepEqual(read("chat://chat.example.com:7443/ops/17"), { address, room: "ops", at: 17 });
  for (
    const wrong of [
      "chat://chat.example.com/ops/x",
      "chat://chat.example.com/ops/0",
      "chat://chat.example.com/a b",
    ]
  ) {
    assert.throws(() => read(wrong), LinkUnreadable, wrong);
  }
});

Deno.test("a reset link that is not whole is called one, and its secret not repeated", () => {
  assert.throws(() => read(`chat://chat.example.com/reset#${secret}.short`), (error) => {
    assert.ok(error instanceof LinkUnreadable && /reset link/.test(error.message));
    return !error.message.includes(secret);
  });
});

function read(text: string): ReturnType<typeof readTarget> {
  return readTarget(text, "/nowhere", systemClock());
}
