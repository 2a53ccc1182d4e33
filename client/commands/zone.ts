import { type Command, misused } from "./command.ts";

export const zone: Command = {
  name: "zone",
  group: "account",
  needs: "set_profile",
  takes: "ZONE|none",
  firstWord: ["none"],
  says: "Set your time zone, such as Europe/Lisbon",
  async run({ connection }, _words, rest) {
    if (rest === "") return misused(zone, "The time zone is missing");
    const timeZone = rest === "none" ? "" : rest;
    return { kind: "profile", profile: await connection.request({ type: "set_profile", timeZone }) };
  },
};
