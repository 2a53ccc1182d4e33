import assert from "node:assert/strict";
import { type ErrorCode, Refusal } from "../../shared/protocol/mod.ts";

/** The Refusal that `attempt` throws; anything else, or nothing, fails the test. */
export function refusalOf(attempt: () => unknown): Refusal {
  try {
    attempt();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  assert.fail("nothing was refused");
}

export function assertRefused(attempt: () => unknown, code: ErrorCode): void {
  assert.equal(refusalOf(attempt).code, code);
}
