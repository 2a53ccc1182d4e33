import type { Command } from "./command.ts";

export const quit: Command = {
  name: "quit",
  otherNames: ["exit"],
  group: "talk",
  takes: "",
  firstWord: "anything",
  says: "Leave the chat; your rooms stay yours",
  run: () => ({ kind: "quit" }),
};
