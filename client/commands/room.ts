import { type Command, misused } from "./command.ts";
import { noRoomName, roomWord } from "./room_word.ts";

export const room: Command = {
  name: "room",
  otherNames: ["switch"],
  group: "rooms",
  takes: "ROOM",
  firstWord: "own room",
  says: "Talk in another one of your rooms",
  needs: "rooms",
  turns: true,
  run({ connection }, [word]) {
    if (word === undefined) return misused(room, "A room is missing");
    const name = roomWord(word);
    if (name === undefined) return misused(room, noRoomName);
    if (connection.model().rooms.has(name)) return { kind: "turned", room: name };
    return { kind: "mistake", text: `You are not in #${name}. Type /join ${name} to become a member` };
  },
};
