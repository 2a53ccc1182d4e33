import assert from "node:assert/strict";
import { DeviceProofs } from "../../../server/sessions/device_proof.ts";

function proofs(key: number = 1): DeviceProofs {
  return new DeviceProofs(new Uint8Array(32).fill(key));
}

Deno.test("a proof is good for its account, and tells its login, also after a restart", () => {
  const ours = proofs();
  for (const login of ["one", "with.dots", "A_-9"]) {
    assert.equal(proofs().loginOf(ours.issue("ana", login), "ana"), login);
  }
});

Deno.test("a proof of another account, login or server, and one that was touched, is none", () => {
  const proof = proofs().issue("ana", "login");
  assert.equal(proofs().loginOf(proof, "ben"), undefined);
  assert.equal(proofs(2).loginOf(proof, "ana"), undefined);
  const signature = proof.slice("login.".length);
  const touched = [
    `other.${signature}`,
    `.${signature}`,
    signature,
    proof.slice(1),
    proof + "A",
    `${proof}=`,
  ];
  for (const text of [...touched, "", ".", "x", "A".repeat(64), `login.${"A".repeat(43)}`]) {
    assert.equal(proofs().loginOf(text, "ana"), undefined, text);
  }
});
