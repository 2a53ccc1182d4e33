import type { Follower } from "./follower.ts";
import { pause } from "./kept_session.ts";
import { falselyAcknowledged, readStoredLog } from "./stored_log.ts";
import type { Talker } from "./talker.ts";
import { room } from "./with_room.ts";

/** Time to catch up when nobody speaks any more. */
const catchUpMs = 10_000;

/**
 * Compares what everybody was shown with what is on disk after `end` has stopped the server and told its data directory.
 * Counts what is missing, twice, out of order or falsely acknowledged.
 */
export async function judgeFollowers(
  followers: readonly Follower[],
  talkers: readonly Talker[],
  say: (line: string) => void,
  end: () => Promise<string>,
): Promise<{ readonly faults: number }> {
  const acknowledged = new Map(talkers.flatMap((talker) => [...talker.acknowledged]));
  const newest = Math.max(...acknowledged.values());
  const until = performance.now() + catchUpMs;
  while (performance.now() < until && followers.some(({ shown }) => shown.length < newest)) await pause(20);
  const log = readStoredLog(await end(), room);
  const missing = followers.reduce((sum, { shown }) => sum + Math.abs(log.texts.length - shown.length), 0);
  const different = followers.filter(({ shown }) => shown.some((text, at) => text !== log.texts[at])).length;
  const disorder = followers.reduce((sum, { faults }) => sum + faults, 0);
  const lies = falselyAcknowledged(log, acknowledged);
  const contradictions = talkers.reduce((sum, talker) => sum + talker.contradictions, 0);
  say(`${log.texts.length} messages on disk, ${acknowledged.size} acknowledged; integrity: ${log.integrity}`);
  say(
    `not shown ${missing}, twice or out of order ${disorder}, followers who saw something else ${different}`,
  );
  say(`acknowledged and missing ${lies.missing}, on disk twice ${lies.repeated}`);
  const faults = missing + different + disorder + lies.missing + lies.repeated + contradictions +
    (log.gapless ? 0 : 1) + (log.integrity === "ok" ? 0 : 1);
  return { faults };
}
