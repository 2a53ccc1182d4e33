import { type Command, misused } from "./command.ts";

export const name: Command = {
  name: "name",
  group: "account",
  needs: "set_profile",
  takes: "TEXT|none",
  firstWord: ["none"],
  says: "Set the name that is shown beside your username",
  async run({ connection }, _words, rest) {
    if (rest === "") return misused(name, "The name is missing");
    const displayName = rest === "none" ? "" : rest;
    return { kind: "profile", profile: await connection.request({ type: "set_profile", displayName }) };
  },
};
