import { type Command, misused } from "./command.ts";

export const bans: Command = {
  name: "bans",
  group: "moderating",
  needs: "bans",
  takes: "",
  firstWord: "anything",
  says: "Show who was banned from this room",
  async run({ connection, room }) {
    if (room === undefined) return misused(bans, "You are in no room");
    const { usernames, more } = await connection.request({ type: "bans", room });
    if (usernames.length === 0) return { kind: "told", text: "Nobody is banned from this room." };
    const names = `${usernames.join(", ")}${more ? " and more" : ""}`;
    return { kind: "told", text: `Banned from this room: ${names}. /add NAME lets somebody in again.` };
  },
};
