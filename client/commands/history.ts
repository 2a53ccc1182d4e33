import { type Answer, limits } from "../../shared/protocol/mod.ts";
import type { ShownEvent } from "../model/mod.ts";
import { type Command, misused } from "./command.ts";

const messagesUnlessTold = 20;

export const history: Command = {
  name: "history",
  group: "find",
  takes: "[N]",
  firstWord: "anything",
  says: `Show the newest N lines of this room (${messagesUnlessTold})`,
  needs: "history",
  async run({ connection, room }, [word]) {
    if (room === undefined) return misused(history, "You are in no room");
    const limit = word === undefined ? messagesUnlessTold : Number(word);
    if (!Number.isInteger(limit) || limit < 1 || limit > limits.historyEventsMax) {
      return misused(history, `N is a whole number from 1 to ${limits.historyEventsMax}`);
    }
    const { messages, more } = await connection.request({ type: "history", room, limit });
    return { kind: "history", room, events: messages.filter(isShown), more };
  },
};

export function isShown(event: Answer<"history">["messages"][number]): event is ShownEvent {
  return event.type !== "unknown";
}
