import { type Model, roomLabel } from "../model/mod.ts";
import { type Command, misused } from "./command.ts";
import { keepingText } from "./keep.ts";
import { noRoomName, roomWord } from "./room_word.ts";

const noConversation = "You have no such conversation: /dm NAME,NAME opens one";

export const room: Command = {
  name: "room",
  otherNames: ["switch"],
  group: "rooms",
  takes: "[ROOM]",
  firstWord: "own room",
  says: "Talk in another one of your rooms, or tell of this one",
  needs: "rooms",
  turns: true,
  run({ connection, room: here }, [word], rest) {
    const model = connection.model();
    if (word === undefined) {
      return here === undefined
        ? misused(room, "You are in no room")
        : { kind: "told", text: about(model, here) };
    }
    // Direct conversations are told by what they are called, such as @ben @eve.
    const direct = [...model.rooms.keys()].find((name) => roomLabel(model, name) === rest.toLowerCase());
    const name = direct ?? roomWord(word);
    if (name === undefined) return misused(room, rest.startsWith("@") ? noConversation : noRoomName);
    if (model.rooms.has(name)) return { kind: "turned", room: name };
    return { kind: "mistake", text: `You are not in #${name}. Type /join ${name} to become a member` };
  },
};

function about(model: Model, here: string): string {
  const room = model.rooms.get(here);
  const { access, topic, archived, retentionMs, held = false } = room ?? {};
  return [
    `${roomLabel(model, here)}${access === undefined ? "" : ` is ${access}`}`,
    ...topic === undefined ? [] : [`Topic: ${topic}`],
    ...archived ? ["It is archived: it can only be read"] : [],
    keepingText({ retentionMs, held }),
  ].map((sentence) => `${sentence}.`).join(" ");
}
