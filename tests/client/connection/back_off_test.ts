import assert from "node:assert/strict";
import { backOffMs } from "../../../client/connection/back_off.ts";

const fixed = (fraction: number) => ({ fraction: () => fraction, bytes: () => new Uint8Array() });

Deno.test("Waiting doubles from one second to thirty, and up to half of it is left to chance", () => {
  const least = [0, 1, 2, 3, 4, 5, 6, 1_000].map((failures) => backOffMs(fixed(0), failures));
  assert.deepEqual(least, [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
  assert.equal(backOffMs(fixed(0.999), 0), 1_000);
  assert.equal(backOffMs(fixed(0.999), 9), 29_985);
});

Deno.test("What the server asks for is the least, within reason", () => {
  assert.equal(backOffMs(fixed(0), 0, 20_000), 20_000);
  assert.equal(backOffMs(fixed(0), 5, 2_000), 15_000);
  assert.equal(backOffMs(fixed(0), 0, 1e12), 300_000);
});
