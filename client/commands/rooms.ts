import type { Answer } from "../../shared/protocol/mod.ts";
import type { Connection } from "../connection/mod.ts";
import type { Command } from "./command.ts";

export const rooms: Command = {
  name: "rooms",
  group: "rooms",
  takes: "",
  firstWord: "anything",
  says: "List the rooms that are open to you",
  needs: "rooms",
  async run({ connection }) {
    return { kind: "rooms", rooms: await allRooms(connection) };
  },
};

type Listed = Answer<"rooms">["rooms"];

async function allRooms(connection: Connection): Promise<Listed> {
  const all: Listed[number][] = [];
  for (;;) {
    const after = all.at(-1)?.room;
    const page = await connection.request({ type: "rooms", after });
    // A server that does not get on in the order of names would be asked for ever.
    const further = page.rooms.filter(({ room }) => after === undefined || room > after);
    all.push(...further);
    if (!page.more || further.length === 0) return all;
  }
}
