import { type Command, doneBy, misused } from "./command.ts";
import { personWord } from "./person_word.ts";

export const moderator: Command = {
  name: "mod",
  group: "moderating",
  needs: "standing",
  takes: "NAME",
  firstWord: "person",
  says: "Make somebody a moderator of this room",
  async run({ connection, room }, [word]) {
    if (room === undefined) return misused(moderator, "You are in no room");
    if (word === undefined) return misused(moderator, "A name is missing");
    return doneBy(
      await connection.request({ type: "standing", room, username: personWord(word), standing: "moderator" }),
    );
  },
};
