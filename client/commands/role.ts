import { roles } from "../../shared/protocol/mod.ts";
import { isSure, leftAsItWas, noTerminal } from "./asking.ts";
import { type Command, misused } from "./command.ts";
import { personWord } from "./person_word.ts";
import { withProof } from "./proof.ts";

export const role: Command = {
  name: "role",
  group: "server",
  takes: "NAME ROLE",
  firstWord: "person",
  secondWord: roles,
  says: "Make somebody an owner, admin, member or guest",
  needs: "role",
  asks: true,
  async run(desk, [name, word]) {
    const { connection, asker } = desk;
    if (name === undefined || word === undefined) return misused(role, "A name or a role is missing");
    const username = personWord(name);
    const chosen = roles.find((each) => each === word.toLowerCase());
    if (chosen === undefined) return misused(role, "ROLE is owner, admin, member or guest");
    const { me } = connection.model();
    if (username === me.username && chosen !== me.role) {
      if (asker === undefined) return noTerminal("role");
      const question = `You would be ${withArticle(chosen)} and no longer ${withArticle(me.role)}. Go on?`;
      if (!await isSure(asker, question)) return leftAsItWas;
    }
    return await withProof(desk, "role", async () => {
      await connection.request({ type: "role", username, role: chosen });
      return { kind: "told", text: `${username} is ${withArticle(chosen)} now.` };
    });
  },
};

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}
