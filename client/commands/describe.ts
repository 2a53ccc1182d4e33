import { type Command, doneBy, misused } from "./command.ts";

export const describe: Command = {
  name: "describe",
  group: "moderating",
  needs: "change",
  takes: "TEXT|none",
  firstWord: ["none"],
  says: "Set what this room is for",
  takesText: true,
  async run({ connection, room }, _words, rest) {
    if (room === undefined) return misused(describe, "You are in no room");
    if (rest === "") return misused(describe, "The description is missing");
    return doneBy(
      await connection.request({ type: "change", room, description: rest === "none" ? "" : rest }),
    );
  },
};
