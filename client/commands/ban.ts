import { type Command, doneBy, misused } from "./command.ts";
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
    return doneBy(await connection.request({ type: "remove", room, username: personWord(word), ban: true }));
  },
};
