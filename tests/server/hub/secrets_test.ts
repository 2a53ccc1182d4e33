import assert from "node:assert/strict";
import { hashOf, newSecret, sameHash } from "../../../server/hub/secrets.ts";
import { seededChance } from "../../kit/world.ts";

Deno.test("a secret has as many random bits as it says, in letters that a link can carry", () => {
  const chance = seededChance(1);
  assert.match(newSecret(chance, 16), /^[A-Za-z0-9_-]{22}$/);
  assert.match(newSecret(chance, 32), /^[A-Za-z0-9_-]{43}$/);
  assert.notEqual(newSecret(chance, 16), newSecret(chance, 16));
});

Deno.test("hashes are compared whole", () => {
  assert.equal(sameHash(hashOf("a"), hashOf("a")), true);
  assert.equal(sameHash(hashOf("a"), hashOf("b")), false);
  assert.equal(sameHash(hashOf("a"), hashOf("a").subarray(1)), false);
});
