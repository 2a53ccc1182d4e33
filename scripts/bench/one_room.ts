/** Everybody in one room, some of them speaking. */
import { gather, upTo } from "../load/crowd.ts";
import type { Population } from "../load/population.ts";
import type { TalkPlan } from "../load/talk.ts";
import type { Contestant } from "./contestant.ts";
import { measureTalk } from "./measured_talk.ts";
import type { Figures } from "./scenario.ts";
import { withContestant } from "./with_contestant.ts";

const room = "talk";
export const textCharacters = 100;

export function oneRoom(members: number): Population {
  return { members, rooms: [{ name: room, members: upTo(members) }] };
}

export function oneRoomPlan(
  members: number,
  speakers: number,
  messages: number,
  pace: TalkPlan["pace"],
): TalkPlan {
  const streams = upTo(speakers).map((speaker) => ({ speaker, room, listeners: members - 1 }));
  return { streams, messages, pace, textCharacters };
}

/** Measures a talk after a warm-up of the same kind. */
export function measureOneRoom(
  contestant: Contestant,
  members: number,
  warmUp: TalkPlan,
  plan: TalkPlan,
): Promise<Figures> {
  return withContestant(contestant, oneRoom(members), async (server) => {
    const connections = await gather(server.address, server.dialect, upTo(members), () => [room]);
    await measureTalk(server, connections, warmUp);
    const figures = await measureTalk(server, connections, plan);
    for (const connection of connections) connection.close();
    return figures;
  });
}
