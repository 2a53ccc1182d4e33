import { Buffer } from "node:buffer";

/** A SHA-256 in base64url, as the protocol has it, in the way of `sha256sum`. */
export function hexOf(digest: string): string {
  return Buffer.from(digest, "base64url").toString("hex");
}
