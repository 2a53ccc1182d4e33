import type { Answer } from "../../shared/protocol/mod.ts";
import type { Connection } from "../connection/mod.ts";
import type { Command } from "./command.ts";

export const rooms: Command = {
  name: "rooms",
  takes: "",
  firstWord: "anything",
  says: "List the rooms that are open to you",
  async run({ connection }) {
    return { kind: "rooms", rooms: await allRooms(connection) };
  },
};

type Listed = Answer<"rooms">["rooms"];

async function allRooms(connection: Connection): Promise<Listed> {
  const all: Listed[number][] = [];
  let page;
  do {
    page = await connection.request({ type: "rooms", after: all.at(-1)?.room });
    all.push(...page.rooms);
  } while (page.more && page.rooms.length > 0);
  return all;
}
