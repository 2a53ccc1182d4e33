import { accesses } from "./access.ts";
import { type Command, misused } from "./command.ts";
import { noRoomName, roomWord } from "./room_word.ts";

export const create: Command = {
  name: "create",
  group: "rooms",
  takes: "ROOM [private] [TOPIC]",
  firstWord: "anything",
  secondWord: accesses,
  says: "Make a public or a private room, and talk there",
  needs: "create",
  turns: true,
  async run({ connection }, [word, ...more]) {
    if (word === undefined) return misused(create, "A room name is missing");
    const room = roomWord(word);
    if (room === undefined) return misused(create, noRoomName);
    const access = accesses.find((each) => each === more[0]?.toLowerCase());
    const topic = more.slice(access === undefined ? 0 : 1).join(" ") || undefined;
    await connection.request({ type: "create", room, access, topic });
    return { kind: "turned", room };
  },
};
