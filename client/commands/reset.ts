import { type Command, misused } from "./command.ts";
import { personWord } from "./person_word.ts";
import { withProof } from "./proof.ts";
import { noUsableLink, usableResetLink } from "./usable_link.ts";

export const reset: Command = {
  name: "reset",
  group: "server",
  takes: "NAME [2fa]",
  firstWord: "person",
  secondWord: ["2fa"],
  says: "Make a link for somebody who forgot their password",
  needs: "issue_reset",
  asks: true,
  async run(desk, [name, word]) {
    if (name === undefined) return misused(reset, "A name is missing");
    if (word !== undefined && word.toLowerCase() !== "2fa") {
      return misused(reset, "The second word can only be 2fa, to turn two-factor off as well");
    }
    const endsTwoFactor = word !== undefined;
    const ask = { type: "issue_reset", username: personWord(name), twoFactor: endsTwoFactor } as const;
    return await withProof(desk, "reset", async () => {
      const made = await desk.connection.request(ask);
      const link = usableResetLink(made.link);
      return link === undefined ? noUsableLink : { kind: "reset", reset: { ...made, link }, endsTwoFactor };
    });
  },
};
