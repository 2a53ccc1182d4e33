/**
 * Proofs of known devices: whoever has logged in gets one, and with it a lane of its own at the next login, so that
 * strangers who guess at the account do not lock its owner out (OWASP, "device cookies"). A proof opens nothing by itself.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { Buffer } from "node:buffer";

/** A signature of 32 bytes in base64url. */
const signatureCharacters = 43;

/** Makes and knows proofs. Each is of one login: whether that one has ended, and why, is for others to look at. */
export class DeviceProofs {
  readonly #key: Uint8Array;

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** A proof for the device that the login `loginId` of the account `name` was made on: that id and a signature. */
  issue(name: string, loginId: string): string {
    return `${loginId}.${this.#sign(name, loginId).toString("base64url")}`;
  }

  /**
   * The login that it is of, or undefined where the proof is none for this account. Whether there is such an account makes
   * no difference, so that time tells nothing.
   */
  loginOf(proof: string, name: string): string | undefined {
    const at = proof.lastIndexOf(".");
    const loginId = proof.slice(0, Math.max(0, at)), signature = proof.slice(at + 1);
    if (loginId === "" || !/^[\w-]+$/.test(signature) || signature.length !== signatureCharacters) {
      return undefined;
    }
    const isOurs = timingSafeEqual(Buffer.from(signature, "base64url"), this.#sign(name, loginId));
    return isOurs ? loginId : undefined;
  }

  #sign(name: string, loginId: string): Buffer {
    return createHmac("sha256", this.#key).update(`${name}\0${loginId}`).digest();
  }
}
