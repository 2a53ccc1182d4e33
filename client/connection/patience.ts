import { type ErrorCode, Refusal } from "../../shared/protocol/mod.ts";

const patientCodes: ReadonlySet<ErrorCode> = new Set(["rate_limited", "busy", "unavailable"]);

const usualMs = 1_000;
const longestMs = 60_000;

/** How long to wait until the same request may succeed, in milliseconds; undefined if that would not help. */
export function patienceMs(cause: unknown): number | undefined {
  if (!(cause instanceof Refusal) || !patientCodes.has(cause.code)) return undefined;
  return Math.min(cause.retryAfterMs ?? usualMs, longestMs);
}
