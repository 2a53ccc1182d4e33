import { systemChance } from "../../shared/world/mod.ts";

/** Bytes of a nonce of AES-GCM (NIST SP 800-38D section 8.2.2: 96 random bits, for at most 2^32 uses of a key). */
export const nonceBytes = 12;

/**
 * Returns a function that gives a fresh nonce at each call, and takes `pooled` of them at a time from the system's chance.
 * Never from a test's: a nonce that repeats under one key betrays what it sealed, and stored data outlives every seed.
 */
export function nonceSource(pooled: number): () => Uint8Array {
  const chance = systemChance();
  let pool = new Uint8Array(0);
  let at = 0;
  return () => {
    if (at === pool.length) {
      pool = chance.bytes(pooled * nonceBytes);
      at = 0;
    }
    return pool.subarray(at, at += nonceBytes);
  };
}
