/** Codes of authenticator apps: TOTP (RFC 6238) with what every app takes, 6 digits, 30 seconds and SHA-1. */
import { timingSafeEqual } from "node:crypto";
import { Buffer } from "node:buffer";
import { HOTP, Secret, TOTP } from "otpauth";
import type { Chance } from "../../shared/world/mod.ts";

const stepMs = 30_000;

const form = { algorithm: "SHA1", digits: 6 } as const;

/** 160 random bits in base32 (RFC 4226, section 4, R6). */
export function newTotpSecret(chance: Chance): string {
  return new Secret({ buffer: Uint8Array.from(chance.bytes(20)).buffer }).base32;
}

/** The link that an app reads, mostly as a QR code. */
export function totpUri(secret: string, issuer: string, username: string): string {
  return new TOTP({ ...form, period: stepMs / 1000, issuer, label: username, secret }).toString();
}

/**
 * The newest time step of which this is the code, or undefined. Besides the present step its neighbours count (RFC 6238,
 * section 5.2), for clocks that differ and people who type slowly. Takes equally long whatever the code is.
 */
export function totpStep(secret: string, code: string, now: number): number | undefined {
  const key = Secret.fromBase32(secret);
  const given = Buffer.from(code);
  const present = Math.floor(now / stepMs);
  let matching: number | undefined;
  for (const step of [present - 1, present, present + 1]) {
    const expected = Buffer.from(HOTP.generate({ ...form, secret: key, counter: step }));
    if (given.length === expected.length && timingSafeEqual(given, expected)) matching = step;
  }
  return matching;
}
