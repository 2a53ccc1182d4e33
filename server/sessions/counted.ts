import { type ErrorCode, Refusal } from "../../shared/protocol/mod.ts";
import type { Guess, Guessing } from "./guessing.ts";

/** What a wrong guess is refused with. */
const wrongs: ReadonlySet<ErrorCode> = new Set([
  "auth_failed",
  "code_invalid",
  "invite_invalid",
  "reset_invalid",
]);

/** What is refused after work, or because there is too much of it already, without a guess that was wrong. */
const burdens: ReadonlySet<ErrorCode> = new Set(["busy", "username_exists", "weak_password"]);

/**
 * Does something that takes a password, a code or a secret, as one attempt: a wrong one counts as failed, one that was only work
 * counts for the address, and whatever else stops it does not count. `attemptIt` is told the account, where a device or a session
 * of it makes the attempt. Rejects with `rate_limited` where there were too many.
 */
export async function whileCounted<Result>(
  guessing: Guessing,
  guess: Guess,
  attemptIt: (known: string | undefined) => Result | Promise<Result>,
): Promise<Result> {
  const attempt = guessing.begin(guess);
  try {
    const result = await attemptIt(attempt.known);
    attempt.succeeded();
    return result;
  } catch (error) {
    const code = error instanceof Refusal ? error.code : undefined;
    if (code !== undefined && burdens.has(code)) attempt.turnedAway();
    else if (code === undefined || !wrongs.has(code)) attempt.abandoned();
    throw error;
  }
}
