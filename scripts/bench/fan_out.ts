import type { Contestant } from "./contestant.ts";
import { talkColumns } from "./measured_talk.ts";
import { measureOneRoom, oneRoomPlan } from "./one_room.ts";
import type { Effort, Row, Scenario } from "./scenario.ts";

const members = 100, speakers = 8, window = 8;

export const fanOut: Scenario = {
  name: "fan-out",
  says:
    `${members} members of a room, ${speakers} of them speaking as fast as they are heard (each with ${window} ` +
    `messages under way)`,
  columns: talkColumns,
  comparable: true,
  async measure(contestant: Contestant, { share }: Effort): Promise<readonly Row[]> {
    const messages = Math.round(messagesFor(contestant.name) * share);
    const plan = oneRoomPlan(members, speakers, messages, { window });
    const warmUp = { ...plan, messages: Math.ceil(messages / 5) };
    return [{ label: "", figures: await measureOneRoom(contestant, members, warmUp, plan) }];
  },
};

/** Slower servers say less, so that a run ends. */
function messagesFor(name: string): number {
  if (name === "chat") return 20_000;
  return name === "ngircd" || name === "inspircd" ? 10_000 : 1_500;
}
