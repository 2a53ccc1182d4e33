/** A thread of its own for a storm, so that whoever measures beside it is not held up. */
import { upTo } from "../load/crowd.ts";
import { Latencies } from "../load/latencies.ts";
import { lineDialect } from "../load/line_dialect.ts";
import { type Address, LoadConnection } from "../load/load_connection.ts";
import { nameOf, tokenOf } from "../load/population.ts";

export interface Storm {
  readonly address: Address;
  /** The number of the first member in it, and how many there are. */
  readonly first: number;
  readonly members: number;
}

export interface StormOutcome {
  readonly served: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly seconds: number;
  /** Why the first of those who were not served was not. */
  readonly trouble: string | undefined;
}

/** All members of it connect and come in at once. */
async function storm({ address, first, members }: Storm): Promise<StormOutcome> {
  const latencies = new Latencies();
  const troubles: string[] = [];
  const began = performance.now();
  await Promise.all(
    upTo(members).map(async (member) => {
      try {
        const connection = await LoadConnection.open(address, 4 * 1024);
        await lineDialect(tokenOf).enter(connection, nameOf(first + member), []);
        latencies.add(performance.now() - began);
      } catch (error) {
        troubles.push(String(error));
      }
    }),
  );
  return {
    served: latencies.count,
    p50Ms: latencies.percentileMs(0.5),
    p99Ms: latencies.percentileMs(0.99),
    seconds: (performance.now() - began) / 1000,
    trouble: troubles[0],
  };
}

interface WorkerSelf {
  onmessage: ((event: MessageEvent<Storm>) => void) | null;
  postMessage(outcome: StormOutcome): void;
}

const self = globalThis as unknown as WorkerSelf;

self.onmessage = async ({ data }) => self.postMessage(await storm(data));
