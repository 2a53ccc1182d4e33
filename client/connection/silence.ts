import type { Clock } from "../../shared/world/mod.ts";

const pingAfterMs = 30_000;
const dropAfterMs = 75_000;
const lookEveryMs = 5_000;

/** Watches for signs of life from the other side. */
export interface Silence {
  heard(): void;
  stop(): void;
}

/** Calls `ping` after each 30 s without a sign of life, and `silent` after 75 s, all to within 5 s. */
export function watchSilence(
  clock: Clock,
  { ping, silent }: { readonly ping: () => void; readonly silent: () => void },
): Silence {
  let heardAt = clock.monotonic();
  let pings = 0;
  const stop = clock.every(lookEveryMs, () => {
    const silentMs = clock.monotonic() - heardAt;
    if (silentMs >= dropAfterMs) return silent();
    if (silentMs < pingAfterMs * (pings + 1)) return;
    pings++;
    ping();
  });
  function heard(): void {
    heardAt = clock.monotonic();
    pings = 0;
  }
  return { heard, stop };
}
