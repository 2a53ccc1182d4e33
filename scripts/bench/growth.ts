import { gather, upTo } from "../load/crowd.ts";
import type { Contestant } from "./contestant.ts";
import { historyColumns, measurePages } from "./history.ts";
import { measureTalk, talkColumns } from "./measured_talk.ts";
import { measureOneRoom, oneRoomPlan, textCharacters } from "./one_room.ts";
import type { Effort, Figures, Row, Scenario } from "./scenario.ts";
import { withContestant } from "./with_contestant.ts";

const window = 8, speakers = 8;

export const growthOfMembers: Scenario = {
  name: "growth-members",
  says: "A room that grows: what a delivery costs",
  columns: talkColumns,
  comparable: false,
  measure: (contestant, effort) =>
    eachSize("members", [10, 100, 1_000, 2_000], (members) => measureMembers(contestant, members, effort)),
};

export const growthOfRooms: Scenario = {
  name: "growth-rooms",
  says:
    "More and more rooms, two members each, one of whom speaks in up to 500 of them by turns: what a message costs",
  columns: [
    { key: "cpuUsPerMessage", title: "CPU us/message", better: "less", decimals: 1 },
    ...talkColumns.filter(({ key }) => key !== "cpuUsPerDelivery"),
  ],
  comparable: false,
  measure: (contestant, effort) =>
    eachSize("rooms", [1, 100, 10_000], (rooms) => measureRooms(contestant, rooms, effort)),
};

export const growthOfHistory: Scenario = {
  name: "growth-history",
  says: "A room that gets older: what a page of 50 takes",
  columns: historyColumns,
  comparable: false,
  measure: (contestant, { share }) =>
    eachSize(
      "messages",
      [1_000, 10_000, 100_000, 1_000_000],
      (messages) => measurePages(contestant, messages, share),
    ),
};

async function eachSize(
  unit: string,
  sizes: readonly number[],
  measure: (size: number) => Promise<Figures>,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const size of sizes) {
    rows.push({ label: `${size.toLocaleString("en")} ${unit}`, figures: await measure(size) });
  }
  return rows;
}

/** About a million deliveries whatever the size, but no more messages than a database takes in a while. */
function measureMembers(contestant: Contestant, members: number, { share }: Effort): Promise<Figures> {
  const messages = Math.min(30_000, Math.round(1_000_000 / (members - 1))) * share;
  const plan = oneRoomPlan(members, speakers, Math.round(messages), { window });
  return measureOneRoom(contestant, members, { ...plan, messages: Math.ceil(messages / 5) }, plan);
}

/** Accounts 0 and 1 are in the rooms that are spoken in; the others are in the hands of further pairs. */
function measureRooms(contestant: Contestant, rooms: number, { share }: Effort): Promise<Figures> {
  const roomsPerPair = 500;
  const pairs = Math.ceil(rooms / roomsPerPair);
  const population = {
    members: pairs * 2,
    rooms: upTo(rooms).map((room) => {
      const pair = Math.floor(room / roomsPerPair);
      return { name: `room${room}`, members: [pair * 2, pair * 2 + 1] };
    }),
  };
  const streams = upTo(Math.min(rooms, roomsPerPair))
    .map((room) => ({ speaker: 0, room: `room${room}`, listeners: 1 }));
  const plan = { streams, pace: { window: window * speakers }, textCharacters };
  return withContestant(contestant, population, async (server) => {
    const connections = await gather(server.address, server.dialect, [0, 1], () => []);
    await measureTalk(server, connections, { ...plan, messages: Math.round(5_000 * share) });
    const figures = await measureTalk(server, connections, { ...plan, messages: Math.round(30_000 * share) });
    for (const connection of connections) connection.close();
    return figures;
  });
}
