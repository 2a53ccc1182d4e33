import { type Command, misused } from "./command.ts";
import { noRoomName, roomWord } from "./room_word.ts";

export const leave: Command = {
  name: "leave",
  group: "rooms",
  takes: "[ROOM]",
  firstWord: "own room",
  says: "Leave a room; this one if none is named",
  needs: "leave",
  turns: true,
  async run({ connection, room: here }, [word]) {
    const room = word === undefined ? here : roomWord(word);
    if (room === undefined) return misused(leave, word === undefined ? "You are in no room" : noRoomName);
    await connection.request({ type: "leave", room });
    return { kind: "left", room };
  },
};
