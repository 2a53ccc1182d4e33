import assert from "node:assert/strict";
import { systemChance } from "../../../shared/world/mod.ts";
import { seededChance } from "../../kit/world.ts";

Deno.test("the system's chance gives as many bytes as asked for, and no two alike", () => {
  const chance = systemChance();
  for (const count of [0, 1, 16, 65_536]) assert.equal(chance.bytes(count).length, count);
  assert.notDeepEqual(chance.bytes(16), chance.bytes(16));
});

Deno.test("fractions lie from 0 to just below 1", () => {
  for (const chance of [systemChance(), seededChance(7)]) {
    for (let times = 0; times < 1_000; times++) {
      const fraction = chance.fraction();
      assert.ok(fraction >= 0 && fraction < 1);
    }
  }
});

Deno.test("a test's chance repeats itself by its seed", () => {
  assert.deepEqual(seededChance(3).bytes(8), seededChance(3).bytes(8));
  assert.notDeepEqual(seededChance(3).bytes(8), seededChance(4).bytes(8));
});
