import { type Command, doneBy, misused } from "./command.ts";

export const topic: Command = {
  name: "topic",
  group: "moderating",
  needs: "change",
  takes: "TEXT|none",
  firstWord: ["none"],
  says: "Set what this room is about just now",
  takesText: true,
  async run({ connection, room }, _words, rest) {
    if (room === undefined) return misused(topic, "You are in no room");
    if (rest === "") return misused(topic, "The topic is missing");
    return doneBy(await connection.request({ type: "change", room, topic: rest === "none" ? "" : rest }));
  },
};
