import assert from "node:assert/strict";
import { DeviceProofs } from "../../../server/sessions/device_proof.ts";
import { seededChance } from "../../kit/world.ts";

const hash =
  "$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
const stronger = hash.replace("t=2", "t=5").replace(/[^$]+$/, "B".repeat(43));
const changed = hash.replace("AAECAwQFBgcICQoLDA0ODw", "BBECAwQFBgcICQoLDA0ODw");

function proofs(key: number = 1): DeviceProofs {
  return new DeviceProofs(new Uint8Array(32).fill(key), seededChance(1));
}

Deno.test("a proof is good for its account and password, and each is another device", () => {
  const ours = proofs();
  const one = ours.issue("ana", hash), other = ours.issue("ana", hash);
  const devices = [ours.deviceOf(one, "ana", hash), ours.deviceOf(other, "ana", hash)];
  assert.ok(devices[0] !== undefined && devices[1] !== undefined && devices[0] !== devices[1]);
  assert.equal(proofs().deviceOf(one, "ana", hash), devices[0]);
});

Deno.test("a proof of another account, password or server, and one that was touched, is none", () => {
  const proof = proofs().issue("ana", hash);
  assert.equal(proofs().deviceOf(proof, "ben", hash), undefined);
  assert.equal(proofs().deviceOf(proof, "ana", changed), undefined);
  assert.equal(proofs(2).deviceOf(proof, "ana", hash), undefined);
  const touched = [proof.slice(1), proof + "A", "", "x", "A".repeat(64), `B${proof.slice(1)}`];
  for (const text of touched) assert.equal(proofs().deviceOf(text, "ana", hash), undefined, text);
});

Deno.test("a proof outlives the strengthening of the password's hash", () => {
  const proof = proofs().issue("ana", hash);
  assert.ok(proofs().deviceOf(proof, "ana", stronger) !== undefined);
});
