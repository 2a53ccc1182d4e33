import assert from "node:assert/strict";
import { newTotpSecret, totpStep, totpUri } from "../../../server/hub/totp.ts";
import { seededChance } from "../../kit/world.ts";

/** The secret of RFC 6238, appendix B, "12345678901234567890" in base32. */
const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/** Its test values for SHA-1: seconds, and the last six digits of the code. */
const vectors: readonly (readonly [number, string])[] = [
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
  [20_000_000_000, "353130"],
];

Deno.test("codes are those of RFC 6238", () => {
  for (const [seconds, code] of vectors) {
    assert.equal(totpStep(secret, code, seconds * 1000), Math.floor(seconds / 30), code);
  }
});

Deno.test("a code counts in its step and in the ones beside it, and no longer", () => {
  const step = Math.floor(1_234_567_890 / 30), code = "005924";
  for (
    const [distance, found] of [[-2, undefined], [-1, step], [0, step], [1, step], [2, undefined]] as const
  ) {
    assert.equal(totpStep(secret, code, (step + distance) * 30_000), found, `${distance}`);
    assert.equal(totpStep(secret, code, (step + distance) * 30_000 + 29_999), found, `${distance}`);
  }
});

Deno.test("what is no code of the secret is none", () => {
  for (const code of ["", "5924", "005925", "0059240", "００５９２４", "005924\n"]) {
    assert.equal(totpStep(secret, code, 1_234_567_890_000), undefined);
  }
});

Deno.test("a secret has 160 bits, and its link names server, person and secret", () => {
  const made = newTotpSecret(seededChance(1));
  assert.match(made, /^[A-Z2-7]{32}$/);
  const uri = new URL(totpUri(made, "Ana's team: Köln", "ana"));
  assert.equal(`${uri.protocol}//${uri.host}`, "otpauth://totp");
  assert.equal(decodeURIComponent(uri.pathname), "/Ana's team: Köln:ana");
  assert.equal(uri.searchParams.get("secret"), made);
  assert.equal(uri.searchParams.get("issuer"), "Ana's team: Köln");
  assert.deepEqual([uri.searchParams.get("digits"), uri.searchParams.get("period")], ["6", "30"]);
});
