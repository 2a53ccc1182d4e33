import assert from "node:assert/strict";
import { wordsOf } from "../../../shared/identity/mod.ts";

Deno.test("the words of a pin are its first 66 bits in the BIP39 list", () => {
  // The words of the BIP39 test vectors for entropy of all zeros, all ones, and 0x7f7f...
  assert.equal(wordsOf(pinFilledWith(0x00)), "abandon abandon abandon abandon abandon abandon");
  assert.equal(wordsOf(pinFilledWith(0xff)), "zoo zoo zoo zoo zoo zoo");
  assert.equal(wordsOf(pinFilledWith(0x7f)), "legal winner thank year wave sausage");
  assert.equal(wordsOf(pinFilledWith(0x80)), "letter advice cage absurd amount doctor");
});

Deno.test("what is no pin has no words", () => void assert.throws(() => wordsOf("crisp"), TypeError));

function pinFilledWith(byte: number): string {
  return new Uint8Array(32).fill(byte).toBase64({ alphabet: "base64url", omitPadding: true });
}
