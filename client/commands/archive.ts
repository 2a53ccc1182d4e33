import { type Command, doneBy, misused } from "./command.ts";

export const archive: Command = {
  name: "archive",
  group: "moderating",
  needs: "change",
  takes: "[off]",
  firstWord: ["off"],
  says: "Close this room to be only read, or open it again",
  async run({ connection, room }, [word]) {
    if (room === undefined) return misused(archive, "You are in no room");
    if (word !== undefined && word.toLowerCase() !== "off") {
      return misused(archive, "That is none of its words");
    }
    return doneBy(await connection.request({ type: "change", room, archived: word === undefined }));
  },
};
