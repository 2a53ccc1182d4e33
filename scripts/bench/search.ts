import { gather, upTo } from "../load/crowd.ts";
import { Latencies } from "../load/latencies.ts";
import type { LoadConnection } from "../load/load_connection.ts";
import { cpuSecondsOf } from "../load/process_usage.ts";
import type { Contestant, RunningContestant } from "./contestant.ts";
import type { Effort, Figures, Row, Scenario } from "./scenario.ts";
import { withContestant } from "./with_contestant.ts";

const rooms = 10, messagesPerRoom = 100_000;

/** What is looked for, by how often it is there. */
const wishes: Readonly<Record<string, () => object>> = {
  "a word of 10 messages": () => ({ text: String(Math.ceil(Math.random() * messagesPerRoom)) }),
  "a word of all messages": () => ({ text: "characters" }),
  "one of 10 and one of all": () => ({ text: `characters ${Math.ceil(Math.random() * messagesPerRoom)}` }),
  "words that stand side by side in all": () => ({ text: '"about a hundred"' }),
  "words of all that nowhere stand side by side": () => ({ text: '"hundred about usual"' }),
  "a word of none": () => ({ text: `nowhere${Math.random()}` }),
};

export const search: Scenario = {
  name: "search",
  says:
    `Searches in ${rooms} rooms with 1,000,000 messages, asked for one after the other: answers with 20 of them`,
  columns: [
    { key: "p50Ms", title: "p50 ms", better: "less", decimals: 2 },
    { key: "p99Ms", title: "p99 ms", better: "less", decimals: 2 },
    { key: "cpuUsPerSearch", title: "CPU us/search", better: "less", decimals: 0 },
  ],
  comparable: false,
  measure(contestant: Contestant, { share }: Effort): Promise<readonly Row[]> {
    const named = upTo(rooms).map((room) => ({
      name: `talk${room}`,
      members: [0],
      messages: messagesPerRoom,
    }));
    return withContestant(contestant, { members: 1, rooms: named }, async (server) => {
      const [asker] = await gather(server.address, server.dialect, [0], () => []);
      if (asker === undefined) throw new Error("Nobody asks");
      const rows: Row[] = [];
      for (const [label, wish] of Object.entries(wishes)) {
        rows.push({ label, figures: await measureSearches(server, asker, Math.round(500 * share), wish) });
      }
      asker.close();
      return rows;
    });
  },
};

async function measureSearches(
  server: RunningContestant,
  asker: LoadConnection,
  count: number,
  wish: () => object,
): Promise<Figures> {
  const latencies = new Latencies();
  const cpuBefore = cpuSecondsOf(server.pid);
  for (let asked = 0; asked < count; asked++) {
    const began = performance.now();
    asker.say(JSON.stringify({ type: "search", id: "search", ...wish() }) + "\n");
    const heard = await asker.hear('"indexed":');
    latencies.add(performance.now() - began);
    if (!heard.includes('"indexed":true')) throw new Error(`Not everything is indexed: ${heard}`);
  }
  return {
    p50Ms: latencies.percentileMs(0.5),
    p99Ms: latencies.percentileMs(0.99),
    cpuUsPerSearch: ((cpuSecondsOf(server.pid) - cpuBefore) * 1e6) / count,
  };
}
