import type { Chance } from "../../shared/world/mod.ts";

const firstMs = 1_000;
const lastMs = 30_000;
/** A server that asks for more patience than this is asked again all the same. */
const patienceMsMax = 5 * 60_000;

/**
 * How long to wait before the next try: 1 s doubling to 30 s, of which up to half is left to chance, so that the members
 * of a restarted server do not all come at once. `failures` counts the tries that failed in a row, from 0. What the
 * server asked for by `retryAfterMs` is the least.
 */
export function backOffMs(chance: Chance, failures: number, retryAfterMs: number = 0): number {
  const fullMs = Math.min(lastMs, firstMs * 2 ** Math.min(failures, 10));
  const spreadMs = fullMs / 2;
  const leastMs = Math.max(fullMs - spreadMs, Math.min(retryAfterMs, patienceMsMax));
  return Math.round(leastMs + chance.fraction() * spreadMs);
}
