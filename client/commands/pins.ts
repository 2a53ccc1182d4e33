import { type Command, misused } from "./command.ts";

export const pins: Command = {
  name: "pins",
  group: "find",
  needs: "pins",
  takes: "",
  firstWord: "anything",
  says: "List what is pinned to this room",
  async run({ connection, room }) {
    if (room === undefined) return misused(pins, "You are in no room");
    const { messages, more } = await connection.request({ type: "pins", room });
    return { kind: "messages", messages, more, none: "Nothing is pinned here." };
  },
};
