import { type Command, doneBy, misused } from "./command.ts";
import { personWord } from "./person_word.ts";

export const mute: Command = {
  name: "mute",
  group: "moderating",
  needs: "standing",
  takes: "NAME",
  firstWord: "person",
  says: "Let somebody only read here",
  async run({ connection, room }, [word]) {
    if (room === undefined) return misused(mute, "You are in no room");
    if (word === undefined) return misused(mute, "A name is missing");
    return doneBy(
      await connection.request({ type: "standing", room, username: personWord(word), standing: "muted" }),
    );
  },
};
