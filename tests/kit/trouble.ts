import assert from "node:assert/strict";
import { Trouble } from "../../shared/trouble/mod.ts";

/** What a person is told who attempts this; a bug, or no trouble at all, fails the test. */
export function troubleOf(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    assert.ok(error instanceof Trouble, String(error));
    return error.message;
  }
  assert.fail("nothing was wrong");
}
