import { type Command, doneBy, misused } from "./command.ts";
import { listedRoom } from "../connection/mod.ts";

export const describe: Command = {
  name: "describe",
  group: "moderating",
  needs: "change",
  takes: "[TEXT|none]",
  firstWord: ["none"],
  says: "Set, or show, what this room is for",
  takesText: true,
  async run({ connection, room }, _words, rest) {
    if (room === undefined) return misused(describe, "You are in no room");
    if (rest === "") {
      const listed = await listedRoom(connection, room);
      return { kind: "told", text: listed?.description ?? "This room has no description." };
    }
    return doneBy(
      await connection.request({ type: "change", room, description: rest === "none" ? "" : rest }),
    );
  },
};
