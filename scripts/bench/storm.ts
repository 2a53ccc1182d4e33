import { gather, upTo } from "../load/crowd.ts";
import type { Contestant, RunningContestant } from "./contestant.ts";
import { measureTalk } from "./measured_talk.ts";
import { oneRoomPlan, textCharacters } from "./one_room.ts";
import type { Effort, Figures, Row, Scenario } from "./scenario.ts";
import type { Storm, StormOutcome } from "./storm_crowd.ts";
import { withContestant } from "./with_contestant.ts";

const talkers = 50, speakers = 8, perSecond = 100, seconds = 8;

/** The talk goes on for so long before the storm begins. */
const calmMs = 1_000;

export const reconnectStorm: Scenario = {
  name: "storm",
  says:
    `All others come back at once, by their tokens, while ${talkers} members of a room say and hear ${perSecond} ` +
    "messages a second",
  columns: [
    { key: "members", title: "in the storm", better: "more", decimals: 0 },
    { key: "refused", title: "not served", better: "zero", decimals: 0 },
    { key: "stormSeconds", title: "all back after s", better: "less", decimals: 1 },
    { key: "stormP99Ms", title: "back p99 ms", better: "less", decimals: 0 },
    { key: "p99Ms", title: "others' delivery p99 ms", better: "less", decimals: 1 },
    { key: "lost", title: "lost", better: "zero", decimals: 0 },
    { key: "outOfTurn", title: "out of turn", better: "zero", decimals: 0 },
  ],
  comparable: false,
  async measure(contestant: Contestant, { share }: Effort): Promise<readonly Row[]> {
    const crowd = Math.round(2_000 * share);
    const everybody = talkers + crowd;
    const rooms = [
      { name: "talk", members: upTo(talkers) },
      { name: "crowd", members: upTo(everybody).slice(talkers) },
    ];
    const figures = await withContestant(
      contestant,
      { members: everybody, rooms },
      (server) => measureStorm(server, crowd),
    );
    return [{ label: "", figures }];
  },
};

async function measureStorm(server: RunningContestant, members: number): Promise<Figures> {
  const connections = await gather(server.address, server.dialect, upTo(talkers), () => []);
  const plan = {
    ...oneRoomPlan(talkers, speakers, perSecond * seconds, { perSecond }),
    textCharacters,
  };
  const thread = new StormThread();
  const talking = measureTalk(server, connections, plan);
  await new Promise((resolve) => setTimeout(resolve, calmMs));
  const outcome = await thread.run({ address: server.address, first: talkers, members });
  const { p99Ms = 0, lost = 0, outOfTurn = 0 } = await talking;
  thread.end();
  for (const connection of connections) connection.close();
  if (outcome.trouble !== undefined) console.error(`storm: ${outcome.trouble}`);
  return {
    members,
    refused: members - outcome.served,
    stormSeconds: outcome.seconds,
    stormP99Ms: outcome.p99Ms,
    p99Ms,
    lost,
    outOfTurn,
  };
}

class StormThread {
  readonly #worker = new Worker(new URL("./storm_crowd.ts", import.meta.url), { type: "module" });

  run(storm: Storm): Promise<StormOutcome> {
    return new Promise((resolve) => {
      this.#worker.addEventListener("message", ({ data }) => resolve(data), { once: true });
      this.#worker.postMessage(storm);
    });
  }

  end(): void {
    this.#worker.terminate();
  }
}
