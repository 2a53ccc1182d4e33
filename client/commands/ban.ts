import { type Command, misused } from "./command.ts";
import { personWord } from "./person_word.ts";

export const ban: Command = {
  name: "ban",
  group: "moderating",
  needs: "remove",
  takes: "NAME",
  firstWord: "person",
  says: "Remove somebody who must not come back; /add ends it",
  async run({ connection, room }, [word]) {
    if (room === undefined) return misused(ban, "You are in no room");
    if (word === undefined) return misused(ban, "A name is missing");
    const username = personWord(word);
    const { time } = await connection.request({ type: "remove", room, username, ban: true });
    // Whoever is not in the room is banned all the same, and nothing is to be seen of it there.
    if (time !== undefined) return { kind: "done" };
    return { kind: "told", text: `${username} is not in this room, and cannot come back: /add ends that.` };
  },
};
