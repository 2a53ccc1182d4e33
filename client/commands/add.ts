import { type Command, doneBy, misused } from "./command.ts";
import { personWord } from "./person_word.ts";

export const add: Command = {
  name: "add",
  group: "people",
  needs: "add",
  takes: "NAME",
  firstWord: "person",
  says: "Make somebody a member of this room",
  async run({ connection, room }, [word]) {
    if (room === undefined) return misused(add, "You are in no room");
    if (word === undefined) return misused(add, "A name is missing");
    return doneBy(await connection.request({ type: "add", room, username: personWord(word) }));
  },
};
