import { LinkUnreadable } from "../../shared/identity/mod.ts";
import { type ErrorCode, Refusal } from "../../shared/protocol/mod.ts";
import { ConnectionLost } from "../connection/mod.ts";
import { NoConnection, ServerNotTrusted } from "../trust/mod.ts";

/** What a command ended with, for scripts. Those from 69 on are what `sysexits.h` has for the same. */
export const exitCodes = {
  done: 0,
  /** The server said no, or what was to be said cannot be: the same will fail again. */
  refused: 1,
  /** The command was not written as it is meant to be. */
  misused: 2,
  /** The server was not reached. Nothing was changed. */
  unreachable: 69,
  /** The server asked for patience, or the connection was lost before its answer: try again. */
  tryAgain: 75,
  /** No login or token lets anybody in, or the server is not proven to be the right one. */
  notLetIn: 77,
} as const;

const patience: ReadonlySet<ErrorCode> = new Set(["rate_limited", "busy", "unavailable", "auth_timeout"]);

const doors: ReadonlySet<ErrorCode> = new Set(["token_invalid", "two_factor_required", "not_authenticated"]);

/** The exit code for something that was thrown and is told to people. */
export function exitCodeOf(trouble: unknown): number {
  if (trouble instanceof NoConnection) return exitCodes.unreachable;
  if (trouble instanceof ConnectionLost) return exitCodes.tryAgain;
  if (trouble instanceof ServerNotTrusted) return exitCodes.notLetIn;
  if (trouble instanceof LinkUnreadable) return exitCodes.misused;
  if (!(trouble instanceof Refusal)) return exitCodes.refused;
  if (patience.has(trouble.code)) return exitCodes.tryAgain;
  return doors.has(trouble.code) ? exitCodes.notLetIn : exitCodes.refused;
}
