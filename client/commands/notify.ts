import { levels } from "../../shared/protocol/mod.ts";
import { type Command, misused } from "./command.ts";

const meanings = {
  all: "You are notified of everything in this room.",
  mentions: "You are notified of what means you in this room.",
  nothing: "You are notified of nothing in this room.",
} as const;

export const notify: Command = {
  name: "notify",
  group: "rooms",
  needs: "level",
  takes: `[${levels.join("|")}]`,
  firstWord: levels,
  says: "Choose what of this room you are notified of",
  async run({ connection, room }, [word]) {
    if (room === undefined) return misused(notify, "You are in no room");
    const level = levels.find((each) => each === word?.toLowerCase());
    if (word !== undefined && level === undefined) return misused(notify, "There is no such level");
    if (level === undefined) {
      return { kind: "told", text: meanings[connection.model().rooms.get(room)?.level ?? "all"] };
    }
    await connection.request({ type: "level", room, level });
    return { kind: "told", text: meanings[level] };
  },
};
