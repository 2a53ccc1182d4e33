import { type Command, doneBy, misused } from "./command.ts";
import { personWord } from "./person_word.ts";

export const kick: Command = {
  name: "kick",
  group: "moderating",
  needs: "remove",
  takes: "NAME",
  firstWord: "person",
  says: "Remove somebody from this room",
  async run({ connection, room }, [word]) {
    if (room === undefined) return misused(kick, "You are in no room");
    if (word === undefined) return misused(kick, "A name is missing");
    return doneBy(await connection.request({ type: "remove", room, username: personWord(word) }));
  },
};
