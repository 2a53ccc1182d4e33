import assert from "node:assert/strict";
import { measurePasses } from "../../../server/sessions/hash_passes.ts";
import { manualClock } from "../../kit/manual_clock.ts";

/** What is found on a machine where a pass takes so many milliseconds. */
async function passesWhere(passMs: number): Promise<number> {
  const clock = manualClock();
  let hashes = 0;
  return await measurePasses((passes) => {
    // The first hash starts a thread, and something else runs during the third.
    const delayMs = [500, 0, 70][hashes++] ?? 0;
    clock.advance(delayMs + passes * passMs);
    return Promise.resolve();
  }, clock);
}

Deno.test("a hash takes as many passes as fit into a quarter of a second, at least 2 and at most 16", async () => {
  const found = await Promise.all([48, 25, 60, 125, 400, 5, 0].map(passesWhere));
  assert.deepEqual(found, [5, 10, 4, 2, 2, 16, 16]);
});
