/**
 * Time, chance and the log: everything that makes two runs of the same program differ. It is made once in
 * `main.ts` and handed to whoever needs it, so that a test can hand in its own. Imports nothing.
 */
export type { Cancel, Clock } from "./clock.ts";
export { systemClock } from "./clock.ts";
export type { Chance } from "./chance.ts";
export { systemChance } from "./chance.ts";
export type { Log, LogFields, LogFormat } from "./log.ts";
export { escapeUnseen, faultText, lineLog } from "./log.ts";

import type { Clock } from "./clock.ts";
import type { Chance } from "./chance.ts";
import type { Log } from "./log.ts";

export interface World {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly log: Log;
}
