import type { Answer } from "../../shared/protocol/mod.ts";
import type { Connection } from "../connection/mod.ts";
import type { Command } from "./command.ts";

export const bots: Command = {
  name: "bots",
  group: "server",
  takes: "",
  firstWord: "anything",
  says: "List the accounts of programs, and what they may do",
  needs: "bots",
  async run({ connection }) {
    return { kind: "bots", bots: await allBots(connection) };
  },
};

type Listed = Answer<"bots">["bots"];

async function allBots(connection: Connection): Promise<Listed> {
  const all: Listed[number][] = [];
  for (;;) {
    const after = all.at(-1)?.username;
    const page = await connection.request({ type: "bots", after });
    // A server that does not get on in the order of names would be asked for ever.
    const further = page.bots.filter(({ username }) => after === undefined || username > after);
    all.push(...further);
    if (!page.more || further.length === 0) return all;
  }
}
