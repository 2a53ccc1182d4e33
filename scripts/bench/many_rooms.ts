import { gather, upTo } from "../load/crowd.ts";
import type { TalkPlan } from "../load/talk.ts";
import type { Contestant } from "./contestant.ts";
import { measureTalk, talkColumns } from "./measured_talk.ts";
import { textCharacters } from "./one_room.ts";
import type { Effort, Row, Scenario } from "./scenario.ts";
import { withContestant } from "./with_contestant.ts";

const members = 200, rooms = 50, roomsEach = 8, speakers = 8, window = 8;

export const manyRooms: Scenario = {
  name: "many-rooms",
  says:
    `${members} members spread over ${rooms} rooms, each in ${roomsEach}; ${speakers} of them speak in their ` +
    `rooms by turns, each with ${window} messages under way`,
  columns: talkColumns,
  comparable: true,
  measure(contestant: Contestant, { share }: Effort): Promise<readonly Row[]> {
    const population = {
      members,
      rooms: upTo(rooms).map((room) => ({ name: roomName(room), members: membersOf(room) })),
    };
    const messages = Math.round((contestant.name === "chat" ? 20_000 : 8_000) * share);
    return withContestant(contestant, population, async (server) => {
      const connections = await gather(
        server.address,
        server.dialect,
        upTo(members),
        (member) => roomsOf(member).map(roomName),
      );
      await measureTalk(server, connections, planFor(messages / 5));
      const figures = await measureTalk(server, connections, planFor(messages));
      for (const connection of connections) connection.close();
      return [{ label: "", figures }];
    });
  },
};

function planFor(messages: number): TalkPlan {
  const streams = upTo(speakers).flatMap((speaker) =>
    roomsOf(speaker).map((room) => ({ speaker, room: roomName(room), listeners: membersOf(room).length - 1 }))
  );
  return { streams, messages: Math.ceil(messages), pace: { window }, textCharacters };
}

/** Steps that no two of a member's rooms share, and that put neighbours into different ones. */
function roomsOf(member: number): readonly number[] {
  return upTo(roomsEach).map((step) => (member * 7 + step * 6) % rooms);
}

function membersOf(room: number): readonly number[] {
  return upTo(members).filter((member) => roomsOf(member).includes(room));
}

function roomName(room: number): string {
  return `room${room}`;
}
