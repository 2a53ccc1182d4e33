import { type Command, doneBy, misused } from "./command.ts";
import { listedRoom } from "../connection/mod.ts";

export const topic: Command = {
  name: "topic",
  group: "moderating",
  needs: "change",
  takes: "[TEXT|none]",
  firstWord: ["none"],
  says: "Set, or show, what this room is about just now",
  takesText: true,
  async run({ connection, room }, _words, rest) {
    if (room === undefined) return misused(topic, "You are in no room");
    if (rest === "") {
      const listed = await listedRoom(connection, room);
      return { kind: "told", text: listed?.topic ?? "This room has no topic." };
    }
    return doneBy(await connection.request({ type: "change", room, topic: rest === "none" ? "" : rest }));
  },
};
