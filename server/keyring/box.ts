import { createCipheriv, createDecipheriv } from "node:crypto";
import { nonceBytes, nonceSource } from "./nonces.ts";

const algorithm = "aes-256-gcm";
const tagBytes = 16;

/**
 * AES-256-GCM (NIST SP 800-38D) by node:crypto, which is synchronous and four times as fast as WebCrypto for texts
 * of a few hundred bytes. Keys are plain bytes: a KeyObject costs half as much time again.
 */
export class Box {
  readonly #nextNonce: () => Uint8Array;

  /** Takes so many nonces from the system at a time. */
  constructor(pooledNonces: number) {
    this.#nextNonce = nonceSource(pooledNonces);
  }

  /** `lead` as it is, then the nonce, the ciphertext and the tag. `bound` has to be the same at the opening. */
  lock(key: Uint8Array, lead: Uint8Array, bound: Uint8Array, plain: Uint8Array): Uint8Array {
    const nonce = this.#nextNonce();
    const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
    cipher.setAAD(bound);
    const ciphertext = cipher.update(plain);
    cipher.final();
    const start = lead.length + nonceBytes;
    const locked = new Uint8Array(start + ciphertext.length + tagBytes);
    locked.set(lead);
    locked.set(nonce, lead.length);
    locked.set(ciphertext, start);
    locked.set(cipher.getAuthTag(), start + ciphertext.length);
    return locked;
  }

  /** What was locked behind a lead of `leadBytes`. Throws if a bit of it, of the key or of `bound` is another one. */
  unlock(key: Uint8Array, leadBytes: number, bound: Uint8Array, locked: Uint8Array): Uint8Array {
    const start = leadBytes + nonceBytes;
    const end = locked.length - tagBytes;
    if (end < start) throw new RangeError("too short to be sealed");
    const decipher = createDecipheriv(algorithm, key, locked.subarray(leadBytes, start), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(bound);
    decipher.setAuthTag(locked.subarray(end));
    const plain = decipher.update(locked.subarray(start, end));
    decipher.final();
    return plain;
  }
}
