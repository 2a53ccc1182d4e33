import { type Command, misused } from "./command.ts";
import { noRoomName, roomWord } from "./room_word.ts";

export const create: Command = {
  name: "create",
  group: "rooms",
  takes: "ROOM [TOPIC]",
  firstWord: "anything",
  says: "Make a room that everybody may join, and talk there",
  needs: "create",
  turns: true,
  async run({ connection }, [word, ...topic]) {
    if (word === undefined) return misused(create, "A room name is missing");
    const room = roomWord(word);
    if (room === undefined) return misused(create, noRoomName);
    await connection.request({
      type: "create",
      room,
      topic: topic.length === 0 ? undefined : topic.join(" "),
    });
    return { kind: "turned", room };
  },
};
