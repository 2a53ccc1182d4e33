import { type Command, doneBy, misused } from "./command.ts";
import { personWord } from "./person_word.ts";

export const usual: Command = {
  name: "usual",
  group: "moderating",
  needs: "standing",
  takes: "NAME",
  firstWord: "person",
  says: "Make a muted person or a moderator a usual member",
  async run({ connection, room }, [word]) {
    if (room === undefined) return misused(usual, "You are in no room");
    if (word === undefined) return misused(usual, "A name is missing");
    return doneBy(
      await connection.request({ type: "standing", room, username: personWord(word), standing: "member" }),
    );
  },
};
