import { isSure, leftAsItWas, noTerminal } from "./asking.ts";
import { type Command, misused } from "./command.ts";
import { personWord } from "./person_word.ts";
import { withProof } from "./proof.ts";

export const deactivate: Command = {
  name: "deactivate",
  group: "server",
  takes: "NAME",
  firstWord: "person",
  says: "End an account; what it said stays",
  needs: "deactivate",
  asks: true,
  async run(desk, [word]) {
    const { connection, asker } = desk;
    if (word === undefined) return misused(deactivate, "A name is missing");
    const username = personWord(word);
    const question = `End the account of ${username}? What they said stays`;
    if (asker === undefined) return noTerminal("deactivate");
    if (!await isSure(asker, `${question}.`)) return leftAsItWas;
    return await withProof(desk, "deactivate", async () => {
      await connection.request({ type: "deactivate", username, deactivated: true });
      return { kind: "told", text: `${username} is deactivated: they cannot log in any more.` };
    });
  },
};
