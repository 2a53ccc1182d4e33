import type { Clock } from "../../shared/world/mod.ts";

/** OWASP's floor for argon2id: 19 MiB, two passes, one lane. More passes are taken where the machine is quick. */
export const hashMemoryKib = 19_456, hashPassesMin = 2, hashPassesMax = 16;

/** How long one hash is to take on this machine while nothing else runs, in milliseconds. */
const hashMs = 250;

/** Passes of the hashes that are measured, and how many: what else runs on the machine only ever makes one slower. */
const passesTried = 2, hashesTried = 3;

/** How many passes this server's hashes take: known from the settings or an earlier start, or to be found out and kept. */
export interface HashPasses {
  readonly known: number | undefined;
  keep(passes: number): void;
}

export const fewestPasses: HashPasses = { known: hashPassesMin, keep: () => {} };

/** Finds the number of passes that takes about a quarter of a second. `hash` hashes something with so many. */
export async function measurePasses(
  hash: (passes: number) => Promise<unknown>,
  clock: Clock,
): Promise<number> {
  await hash(1); // a thread's first hash also makes it ready
  let quickestMs = Infinity;
  for (let tried = 0; tried < hashesTried; tried++) {
    const beganAt = clock.monotonic();
    await hash(passesTried);
    quickestMs = Math.min(quickestMs, clock.monotonic() - beganAt);
  }
  const passes = Math.round(hashMs * passesTried / quickestMs);
  return Math.min(Math.max(passes, hashPassesMin), hashPassesMax);
}
