import assert from "node:assert/strict";
import { beginTwoFactor, confirmTwoFactor } from "../../server/hub/mod.ts";
import { authenticator } from "./authenticator.ts";
import type { TestHub, Visitor } from "./hub.ts";

/** What a person has once two-factor is on. */
export interface Protection {
  /** The code that the app shows now, or at another moment, in milliseconds from now. */
  readonly app: (fromNowMs?: number) => string;
  readonly recoveryCodes: readonly string[];
}

/** Turns two-factor on for a visitor's account. The code that this takes is used up: the next step is the first that is good. */
export async function protect(bench: TestHub, visitor: Visitor): Promise<Protection> {
  beginTwoFactor(bench.hub, visitor.guest, "begin");
  await bench.settle();
  const app = authenticator(visitor.sink.frames.at(-1).secret, bench.clock);
  confirmTwoFactor(bench.hub, visitor.guest, app(), "confirm");
  await bench.settle();
  const { type, codes } = visitor.sink.frames.at(-1);
  assert.equal(type, "recovery_codes");
  return { app, recoveryCodes: codes };
}
