import { type ServerAddress, wordsOf } from "../../shared/identity/mod.ts";
import { pinOf } from "../../shared/pin/mod.ts";

/** What a server is recognised by: the key of its own authority, in three ways of writing. */
export interface ServerIdentity {
  readonly address: ServerAddress;
  /** The pin as it stands in invite links. */
  readonly pin: string;
  /** The same as hexadecimal digits in groups of four. */
  readonly fingerprint: string;
  /** The beginning of the same as six words, to be read aloud. */
  readonly words: string;
}

/** Throws `CertificateUnreadable` for anything but exactly one certificate. */
export function identityOf(address: ServerAddress, pem: string): ServerIdentity {
  const pin = pinOf(pem);
  return { address, pin, fingerprint: fingerprintOf(pin), words: wordsOf(pin) };
}

function fingerprintOf(pin: string): string {
  const bytes = atob(pin.replaceAll("-", "+").replaceAll("_", "/"));
  const digits = Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
  return (digits.match(/.{4}/g) ?? []).join(" ");
}
