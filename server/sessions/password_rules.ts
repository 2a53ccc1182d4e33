import { codePoints, limits, Refusal } from "../../shared/protocol/mod.ts";

/** A password as it is hashed: NFC, so that it does not depend on the keyboard (NIST SP 800-63B-4, section 3.1.1.2). */
export function normalizePassword(password: string): string {
  return password.normalize("NFC");
}

/** Throws `weak_password` with the rule that is broken. */
export function checkNewPassword(password: string, username: string): void {
  const length = codePoints(password);
  if (length < limits.passwordCodePointsMin) {
    throw weak(
      `A password needs at least ${limits.passwordCodePointsMin} characters. A few words in a row are fine`,
    );
  }
  if (length > limits.passwordCodePointsMax) {
    throw weak(`A password has at most ${limits.passwordCodePointsMax} characters`);
  }
  const isRepetition = /^(.{1,12})\1+$/su.test(password);
  if (password.toLowerCase() === username || new Set(password).size < 4 || isRepetition) {
    throw weak("This password is too easy to guess. A few words in a row are fine");
  }
}

function weak(message: string): Refusal {
  return new Refusal("weak_password", message);
}
