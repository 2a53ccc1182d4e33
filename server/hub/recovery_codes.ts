/** Codes on paper: each opens the account once in place of the app's. */
import type { Chance } from "../../shared/world/mod.ts";
import { hashOf, sameHash } from "./secrets.ts";

const count = 10, bytes = 10;

/** Crockford's base32: no letter that is taken for a digit. */
const letters = "0123456789abcdefghjkmnpqrstvwxyz";

/** Ten codes of 80 random bits, to be shown once. */
export function newRecoveryCodes(chance: Chance): string[] {
  return Array.from({ length: count }, () => toCode(chance.bytes(bytes)));
}

/** Four groups of four, like `8m3k-q0rt-xw2d-5jna`. */
function toCode(random: Uint8Array): string {
  let bits = random.reduce((all, byte) => (all << 8n) | BigInt(byte), 0n);
  let code = "";
  for (; code.length < 16; bits >>= 5n) code += letters[Number(bits & 31n)];
  return code.replace(/(.{4})(?!$)/g, "$1-");
}

/** The hash by which a code is known, however a person types it. */
export function recoveryCodeHash(code: string): Uint8Array {
  return hashOf(code.toLowerCase().replace(/[\s-]/g, "").replace(/o/g, "0").replace(/[il]/g, "1"));
}

/** The one of `hashes` that is this code's, or undefined. Takes equally long whichever it is. */
export function matchingHash(hashes: readonly Uint8Array[], code: string): Uint8Array | undefined {
  const hash = recoveryCodeHash(code);
  let matching: Uint8Array | undefined;
  for (const each of hashes) if (sameHash(each, hash)) matching = each;
  return matching;
}
