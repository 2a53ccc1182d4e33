import { type Command, misused } from "./command.ts";

export const upload: Command = {
  name: "upload",
  group: "talk",
  needs: "upload",
  takes: "PATH [TEXT]",
  firstWord: "anything",
  says: "Send a file of this machine, with a text if you like",
  takesText: true,
  run({ room }, _words, rest) {
    if (room === undefined) return misused(upload, "You are in no room");
    if (rest === "") return misused(upload, "The path of the file is missing");
    return { kind: "upload", room, words: rest };
  },
};
