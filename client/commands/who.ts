import { roomLabel } from "../model/mod.ts";
import { type Command, misused } from "./command.ts";
import { noRoomName, roomWord } from "./room_word.ts";

export const who: Command = {
  name: "who",
  group: "people",
  takes: "[ROOM]",
  firstWord: "own room",
  says: "Show who is in a room, and who is there right now",
  needs: "who",
  async run({ connection, room: here }, [word]) {
    const room = word === undefined ? here : roomWord(word);
    if (room === undefined) return misused(who, word === undefined ? "You are in no room" : noRoomName);
    const { users, more } = await connection.request({ type: "who", room });
    return { kind: "members", room, label: roomLabel(connection.model(), room), users, more };
  },
};
