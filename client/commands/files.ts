import type { Message } from "../model/mod.ts";
import { type Command, misused } from "./command.ts";
import { hasFiles } from "./open.ts";

export const files: Command = {
  name: "files",
  group: "find",
  needs: "get",
  takes: "",
  firstWord: "anything",
  says: "List the files of this room that were sent lately",
  run({ connection, room: name }) {
    const room = name === undefined ? undefined : connection.model().rooms.get(name);
    if (room === undefined) return misused(files, "You are in no room");
    const found = room.events.filter((event): event is Message =>
      event.type === "message" && hasFiles(event)
    );
    const messages = found.map((message) => ({ room: room.name, message })).toReversed();
    return { kind: "messages", messages, more: false, none: "No files were sent here lately." };
  },
};
