import { type Command, misused } from "./command.ts";
import { personWord } from "./person_word.ts";
import { withProof } from "./proof.ts";

export const reactivate: Command = {
  name: "reactivate",
  group: "server",
  takes: "NAME",
  firstWord: "person",
  says: "Let a deactivated account come back",
  needs: "deactivate",
  asks: true,
  async run(desk, [word]) {
    if (word === undefined) return misused(reactivate, "A name is missing");
    const username = personWord(word);
    return await withProof(desk, "reactivate", async () => {
      await desk.connection.request({ type: "deactivate", username, deactivated: false });
      return { kind: "told", text: `${username} may log in again.` };
    });
  },
};
