import { type Clock, systemClock } from "../../shared/world/mod.ts";

const times = 20;

/** Waits from here on tell that somebody is gone, and take as long as they do. In milliseconds. */
const trueFromMs = 30_000;

/** A clock by which short waits take a twentieth of their time, for clients that wait before they connect again. */
export function hurriedClock(): Clock {
  const clock = systemClock();
  const hurried = (ms: number): number => ms < trueFromMs ? ms / times : ms;
  return {
    ...clock,
    after: (ms, run) => clock.after(hurried(ms), run),
    sleep: (ms) => clock.sleep(hurried(ms)),
  };
}
