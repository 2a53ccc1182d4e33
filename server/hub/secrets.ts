/** Secrets that the server hands out and keeps only as hashes. */
import { createHash, timingSafeEqual } from "node:crypto";
import { Buffer } from "node:buffer";
import type { Chance } from "../../shared/world/mod.ts";

/** `bytes` random bytes in base64url. */
export function newSecret(chance: Chance, bytes: number): string {
  return Buffer.from(chance.bytes(bytes)).toString("base64url");
}

/** SHA-256. Enough for secrets of 128 random bits and more, which cannot be guessed by trying. */
export function hashOf(secret: string): Uint8Array {
  return new Uint8Array(createHash("sha256").update(secret).digest());
}

/** The same in base64url, where a word is needed. */
export function hashWordOf(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}

/** Compares two hashes in a time that does not depend on where they differ. */
export function sameHash(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
