import { type Command, misused } from "./command.ts";
import { personWord } from "./person_word.ts";

export const reactivate: Command = {
  name: "reactivate",
  group: "server",
  takes: "NAME",
  firstWord: "person",
  says: "Let a deactivated account come back",
  needs: "deactivate",
  async run({ connection }, [word]) {
    if (word === undefined) return misused(reactivate, "A name is missing");
    const username = personWord(word);
    await connection.request({ type: "deactivate", username, deactivated: false });
    return { kind: "told", text: `${username} may log in again.` };
  },
};
