/**
 * Proofs of known devices: whoever has logged in gets one, and with it a lane of its own at the next login, so that
 * strangers who guess at the account do not lock its owner out (OWASP, "device cookies"). A proof opens nothing by itself.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { Buffer } from "node:buffer";
import type { Chance } from "../../shared/world/mod.ts";
import { readPasswordHash } from "./password_hash.ts";

/** A proof is a nonce and a signature of 32 bytes, in base64url. */
const nonceBytes = 16, proofCharacters = 64;

/** Makes and knows proofs. They die with the password: its salt is in them. */
export class DeviceProofs {
  readonly #key: Uint8Array;
  readonly #chance: Chance;

  constructor(key: Uint8Array, chance: Chance) {
    this.#key = key;
    this.#chance = chance;
  }

  /** A proof, in base64url, for a device of the account `name` whose password has the hash `hash`. */
  issue(name: string, hash: string): string {
    const nonce = Buffer.from(this.#chance.bytes(nonceBytes));
    return Buffer.concat([nonce, this.#sign(name, hash, nonce)]).toString("base64url");
  }

  /** What tells the device from others, or undefined where the proof is none of this account and password. */
  deviceOf(proof: string, name: string, hash: string): string | undefined {
    if (!/^[\w-]+$/.test(proof) || proof.length !== proofCharacters) return undefined;
    const bytes = Buffer.from(proof, "base64url");
    const nonce = bytes.subarray(0, nonceBytes);
    const isOurs = timingSafeEqual(bytes.subarray(nonceBytes), this.#sign(name, hash, nonce));
    return isOurs ? nonce.toString("base64url") : undefined;
  }

  #sign(name: string, hash: string, nonce: Uint8Array): Uint8Array {
    // Each password that is set has a salt of its own; a hash that is only strengthened keeps it.
    const salt = readPasswordHash(hash)?.salt ?? new Uint8Array();
    return createHmac("sha256", this.#key).update(`${name}\0`).update(salt).update(nonce).digest();
  }
}
