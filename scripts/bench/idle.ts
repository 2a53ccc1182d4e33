import { gather, upTo } from "../load/crowd.ts";
import { cpuSecondsOf, residentKibOf } from "../load/process_usage.ts";
import type { Contestant } from "./contestant.ts";
import type { Effort, Figures, Row, Scenario } from "./scenario.ts";
import { withContestant } from "./with_contestant.ts";

const crowds = [1_000, 5_000] as const;
const settleMs = 5_000;

export const idle: Scenario = {
  name: "idle",
  says: "Connections that are logged in and say nothing",
  columns: [
    { key: "kibPerConnection", title: "KiB/connection", better: "less", decimals: 1 },
    { key: "baseMib", title: "MiB without any", better: "less", decimals: 1 },
    { key: "cpuMsPerSecond", title: "CPU ms/s", better: "less", decimals: 1 },
  ],
  comparable: true,
  async measure(contestant: Contestant, { share }: Effort): Promise<readonly Row[]> {
    const rows: Row[] = [];
    for (const crowd of share < 1 ? crowds.slice(0, 1) : crowds) {
      rows.push({ label: `${crowd} connections`, figures: await measureCrowd(contestant, crowd) });
    }
    return rows;
  },
};

/** In no room but what a server puts everybody into by itself. */
function measureCrowd(contestant: Contestant, crowd: number): Promise<Figures> {
  return withContestant(contestant, { members: crowd, rooms: [] }, async (server) => {
    await settle();
    const baseKib = residentKibOf(server.pid);
    const connections = await gather(server.address, server.dialect, upTo(crowd), () => []);
    await settle();
    const cpuBefore = cpuSecondsOf(server.pid);
    await settle();
    const figures = {
      kibPerConnection: (residentKibOf(server.pid) - baseKib) / crowd,
      baseMib: baseKib / 1024,
      cpuMsPerSecond: (cpuSecondsOf(server.pid) - cpuBefore) * 1000 / (settleMs / 1000),
    };
    for (const connection of connections) connection.close();
    return figures;
  });
}

function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, settleMs));
}
