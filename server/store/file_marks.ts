import { createHmac } from "node:crypto";
import type { Keyring } from "../keyring/mod.ts";

/**
 * What tells that two contents of one room are the same: the HMAC of the SHA-256 under a key of this server and room.
 * Nobody who reads the database learns of a content that they know whether it is there, nor that two rooms share one.
 */
export function markOf(keyring: Keyring, roomId: number, digest: string): Uint8Array {
  const key = keyring.derive(`marks of files in room ${roomId}`);
  return new Uint8Array(createHmac("sha256", key).update(digest).digest());
}
