import { gather, upTo } from "../load/crowd.ts";
import { Latencies } from "../load/latencies.ts";
import type { LoadConnection } from "../load/load_connection.ts";
import { cpuSecondsOf } from "../load/process_usage.ts";
import type { Contestant, RunningContestant } from "./contestant.ts";
import type { Column, Effort, Figures, Row, Scenario } from "./scenario.ts";
import { withContestant } from "./with_contestant.ts";

const pageEvents = 50, readers = 10;

export const historyColumns: readonly Column[] = [
  { key: "p50Ms", title: "page p50 ms", better: "less", decimals: 2 },
  { key: "p99Ms", title: "page p99 ms", better: "less", decimals: 2 },
  { key: "cpuUsPerPage", title: "CPU us/page", better: "less", decimals: 0 },
  { key: "crowdP99Ms", title: `p99 ms with ${readers} asking`, better: "less", decimals: 2 },
];

export const history: Scenario = {
  name: "history",
  says: `Pages of ${pageEvents} from anywhere in a room of 1,000,000 messages, asked for one after the other`,
  columns: historyColumns,
  comparable: false,
  async measure(contestant: Contestant, { share }: Effort): Promise<readonly Row[]> {
    return [{ label: "", figures: await measurePages(contestant, 1_000_000, share) }];
  },
};

/** Reads pages from all over a room that holds so many messages. */
export function measurePages(contestant: Contestant, messages: number, share: number): Promise<Figures> {
  const room = { name: "talk", members: upTo(readers), messages };
  return withContestant(contestant, { members: readers, rooms: [room] }, async (server) => {
    const connections = await gather(server.address, server.dialect, upTo(readers), () => []);
    const [first] = connections;
    if (first === undefined) throw new Error("Nobody reads");
    await readPages(first, 200, messages);
    const alone = await measureAlone(server, first, Math.round(2_000 * share), messages);
    const crowd = await readTogether(connections, Math.round(400 * share), messages);
    for (const connection of connections) connection.close();
    return { ...alone, crowdP99Ms: crowd.percentileMs(0.99) };
  });
}

async function measureAlone(
  server: RunningContestant,
  connection: LoadConnection,
  pages: number,
  messages: number,
): Promise<Figures> {
  const cpuBefore = cpuSecondsOf(server.pid);
  const latencies = await readPages(connection, pages, messages);
  return {
    p50Ms: latencies.percentileMs(0.5),
    p99Ms: latencies.percentileMs(0.99),
    cpuUsPerPage: ((cpuSecondsOf(server.pid) - cpuBefore) * 1e6) / pages,
  };
}

async function readTogether(
  connections: readonly LoadConnection[],
  pages: number,
  messages: number,
): Promise<Latencies> {
  const together = new Latencies();
  await Promise.all(connections.map((connection) => readPages(connection, pages, messages, together)));
  return together;
}

async function readPages(
  connection: LoadConnection,
  pages: number,
  messages: number,
  latencies: Latencies = new Latencies(),
): Promise<Latencies> {
  for (let page = 0; page < pages; page++) {
    const before = pageEvents + 1 + Math.floor(Math.random() * (messages - pageEvents));
    const asked = performance.now();
    connection.say(
      JSON.stringify({ type: "history", id: "page", room: "talk", before, limit: pageEvents }) + "\n",
    );
    const heard = await connection.hear('"more":');
    latencies.add(performance.now() - asked);
    if (!heard.includes(`"seq":${before - 1},`)) throw new Error(`Not the page before ${before}: ${heard}`);
  }
  return latencies;
}
