import assert from "node:assert/strict";
import { matchingHash, newRecoveryCodes, recoveryCodeHash } from "../../../server/hub/recovery_codes.ts";
import { seededChance } from "../../kit/world.ts";

Deno.test("recovery codes are ten, all different, of 16 letters that are not mistaken for each other", () => {
  const codes = newRecoveryCodes(seededChance(1));
  assert.equal(new Set(codes).size, 10);
  for (const code of codes) assert.match(code, /^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
});

Deno.test("every bit of chance is in a code", () => {
  const codeOf = (byte: number) =>
    newRecoveryCodes({ bytes: (count) => new Uint8Array(count).fill(byte), fraction: () => 0 })[0];
  assert.equal(codeOf(0), "0000-0000-0000-0000");
  assert.equal(codeOf(255), "zzzz-zzzz-zzzz-zzzz");
});

Deno.test("a recovery code is known however it is typed", () => {
  const [code = ""] = newRecoveryCodes(seededChance(2));
  const hashes = newRecoveryCodes(seededChance(3)).concat(code).map(recoveryCodeHash);
  const typed = [code, code.toUpperCase(), code.replaceAll("-", ""), ` ${code.replaceAll("-", " ")} `];
  for (const text of typed) assert.equal(matchingHash(hashes, text), hashes.at(-1), text);
  assert.deepEqual(recoveryCodeHash("0O1Il"), recoveryCodeHash("00111"));
  assert.equal(matchingHash(hashes, code.slice(1)), undefined);
  assert.equal(matchingHash([], code), undefined);
});
