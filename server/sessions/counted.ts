import { type ErrorCode, Refusal } from "../../shared/protocol/mod.ts";
import type { Guess, Guessing } from "./guessing.ts";

/** What a wrong guess is refused with. */
const wrongs: ReadonlySet<ErrorCode> = new Set([
  "auth_failed",
  "code_invalid",
  "invite_invalid",
  "reset_invalid",
]);

/**
 * Does something that takes a password, a code or a secret, as one attempt: a wrong one counts as failed, whatever else stops it
 * does not count. Rejects with `rate_limited` where there were too many.
 */
export async function whileCounted<Result>(
  guessing: Guessing,
  guess: Guess,
  attemptIt: () => Result | Promise<Result>,
): Promise<Result> {
  const attempt = guessing.begin(guess);
  try {
    const result = await attemptIt();
    attempt.succeeded();
    return result;
  } catch (error) {
    if (error instanceof Refusal && wrongs.has(error.code)) attempt.failed();
    else attempt.abandoned();
    throw error;
  }
}
