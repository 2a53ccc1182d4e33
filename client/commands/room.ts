import { roomLabel } from "../model/mod.ts";
import { type Command, misused } from "./command.ts";
import { noRoomName, roomWord } from "./room_word.ts";

const noConversation = "You have no such conversation: /dm NAME,NAME opens one";

export const room: Command = {
  name: "room",
  otherNames: ["switch"],
  group: "rooms",
  takes: "ROOM",
  firstWord: "own room",
  says: "Talk in another one of your rooms",
  needs: "rooms",
  turns: true,
  run({ connection }, [word], rest) {
    if (word === undefined) return misused(room, "A room is missing");
    const model = connection.model();
    // Direct conversations are told by what they are called, such as @ben @eve.
    const direct = [...model.rooms.keys()].find((name) => roomLabel(model, name) === rest.toLowerCase());
    const name = direct ?? roomWord(word);
    if (name === undefined) return misused(room, rest.startsWith("@") ? noConversation : noRoomName);
    if (model.rooms.has(name)) return { kind: "turned", room: name };
    return { kind: "mistake", text: `You are not in #${name}. Type /join ${name} to become a member` };
  },
};
