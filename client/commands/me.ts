import { type Command, misused } from "./command.ts";

export const me: Command = {
  name: "me",
  group: "talk",
  needs: "send",
  takes: "ACTION",
  firstWord: "anything",
  says: "Say what you do: /me waves",
  takesText: true,
  run({ room }, _words, rest) {
    if (room === undefined) return misused(me, "You are in no room");
    if (rest === "") return misused(me, "What you do is missing");
    return { kind: "said", room, text: `/me ${rest}` };
  },
};
