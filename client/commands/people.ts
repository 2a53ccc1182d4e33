import type { Answer } from "../../shared/protocol/mod.ts";
import type { Connection } from "../connection/mod.ts";
import type { Command } from "./command.ts";

export const people: Command = {
  name: "people",
  group: "server",
  takes: "",
  firstWord: "anything",
  says: "List all accounts with their roles",
  needs: "people",
  async run({ connection }) {
    return { kind: "people", people: await allPeople(connection) };
  },
};

type Listed = Answer<"people">["people"];

async function allPeople(connection: Connection): Promise<Listed> {
  const all: Listed[number][] = [];
  for (;;) {
    const after = all.at(-1)?.username;
    const page = await connection.request({ type: "people", after });
    // A server that does not get on in the order of names would be asked for ever.
    const further = page.people.filter(({ username }) => after === undefined || username > after);
    all.push(...further);
    if (!page.more || further.length === 0) return all;
  }
}
