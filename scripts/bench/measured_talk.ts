import type { LoadConnection } from "../load/load_connection.ts";
import { cpuSecondsOf } from "../load/process_usage.ts";
import { talk, type TalkPlan } from "../load/talk.ts";
import type { RunningContestant } from "./contestant.ts";
import type { Column, Figures } from "./scenario.ts";

/** The columns of `measureTalk`. */
export const talkColumns: readonly Column[] = [
  { key: "deliveriesPerSecond", title: "deliveries/s", better: "more", decimals: 0 },
  { key: "cpuUsPerDelivery", title: "CPU us/delivery", better: "less", decimals: 2 },
  { key: "p50Ms", title: "p50 ms", better: "less", decimals: 1 },
  { key: "p99Ms", title: "p99 ms", better: "less", decimals: 1 },
  { key: "lost", title: "lost", better: "zero", decimals: 0 },
  { key: "outOfTurn", title: "out of turn", better: "zero", decimals: 0 },
];

/**
 * Lets members talk and tells what it took. The server's CPU is its own process's, user and system; `loadCores` is how
 * much of a core this process has used itself: near 1, it is the load that is the slower one.
 */
export async function measureTalk(
  server: RunningContestant,
  connections: readonly LoadConnection[],
  plan: TalkPlan,
): Promise<Figures> {
  const cpuBefore = cpuSecondsOf(server.pid), loadBefore = cpuSecondsOf(Deno.pid);
  const { deliveries, seconds, lost, outOfTurn, latencies } = await talk(connections, server.dialect, plan);
  const cpuSeconds = cpuSecondsOf(server.pid) - cpuBefore;
  return {
    deliveriesPerSecond: deliveries / seconds,
    cpuUsPerDelivery: (cpuSeconds * 1e6) / deliveries,
    cpuUsPerMessage: (cpuSeconds * 1e6) / plan.messages,
    p50Ms: latencies.percentileMs(0.5),
    p99Ms: latencies.percentileMs(0.99),
    lost,
    outOfTurn,
    loadCores: (cpuSecondsOf(Deno.pid) - loadBefore) / seconds,
  };
}
