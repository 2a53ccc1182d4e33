import { type Command, misused } from "./command.ts";
import { noRoomName, roomWord } from "./room_word.ts";

export const join: Command = {
  name: "join",
  group: "rooms",
  takes: "ROOM",
  firstWord: "room",
  says: "Become a member of a room, and talk there",
  needs: "join",
  turns: true,
  async run({ connection }, [word]) {
    if (word === undefined) return misused(join, "A room is missing");
    const room = roomWord(word);
    if (room === undefined) return misused(join, noRoomName);
    await connection.request({ type: "join", room });
    return { kind: "turned", room };
  },
};
