import type { Contestant } from "./contestant.ts";
import { talkColumns } from "./measured_talk.ts";
import { measureOneRoom, oneRoomPlan } from "./one_room.ts";
import type { Effort, Row, Scenario } from "./scenario.ts";

const members = 100, speakers = 8, perSecond = 100;

export const paced: Scenario = {
  name: "paced",
  says: `${perSecond} messages a second into a room of ${members} members`,
  columns: talkColumns.filter(({ key }) => key !== "deliveriesPerSecond"),
  comparable: true,
  async measure(contestant: Contestant, { share }: Effort): Promise<readonly Row[]> {
    const plan = oneRoomPlan(members, speakers, Math.round(1_000 * share), { perSecond });
    const warmUp = { ...plan, messages: perSecond };
    return [{ label: "", figures: await measureOneRoom(contestant, members, warmUp, plan) }];
  },
};
