import { codePoints, limits, Refusal } from "../../shared/protocol/mod.ts";
import type { Weakness } from "./password_task.ts";
import type { Customer } from "./password_queue.ts";
import type { Passwords } from "./passwords.ts";

/** What new passwords are checked by, and the name of the server, which is none. */
export interface PasswordDesk {
  readonly passwords: Passwords;
  serverName(): string;
}

/**
 * Rejects with `weak_password` and the rule that is broken, or with `busy`. Length and guessability are all that is asked
 * of a password (NIST SP 800-63B-4, section 3.1.1.2): no kinds of characters, no change from time to time.
 */
export async function checkNewPassword(
  desk: PasswordDesk,
  password: string,
  username: string,
  customer?: Customer,
): Promise<void> {
  const length = codePoints(password);
  if (length < limits.passwordCodePointsMin) {
    throw weak(
      `A password needs at least ${limits.passwordCodePointsMin} characters. A few words in a row are fine`,
    );
  }
  if (length > limits.passwordCodePointsMax) {
    throw weak(`A password has at most ${limits.passwordCodePointsMax} characters`);
  }
  const expected = [username, desk.serverName(), "chat"];
  const weakness = await desk.passwords.weaknessOf(password, expected, customer);
  if (weakness !== undefined) {
    throw weak(`This password is too easy to guess${reasons[weakness]}. A few words in a row are fine`);
  }
}

const reasons: Readonly<Record<Weakness, string>> = {
  names: ": your name or the server's does not protect it",
  repetition: ": it repeats itself",
  row: ": it follows the keys or the alphabet",
  known: ": it is close to one that many people have",
  guessable: "",
};

function weak(message: string): Refusal {
  return new Refusal("weak_password", message);
}
