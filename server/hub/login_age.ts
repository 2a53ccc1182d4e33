import { limits } from "../../shared/protocol/mod.ts";
import type { Clock } from "../../shared/world/mod.ts";

/** Logins that were last used before this, in milliseconds since the Unix epoch, have ended. */
export function oldestLogin(clock: Clock): number {
  return clock.now() - limits.loginIdleMs;
}
