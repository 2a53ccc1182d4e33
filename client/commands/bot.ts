import { type Scope, scopes } from "../../shared/protocol/mod.ts";
import { type Command, type Desk, misused, type Outcome } from "./command.ts";
import { personWord } from "./person_word.ts";
import { withProof } from "./proof.ts";
import { noUsableLink, usableBotLink, usableHook } from "./usable_link.ts";

const renewWord = "renew";

export const bot: Command = {
  name: "bot",
  group: "server",
  takes: "NAME SCOPES|renew",
  firstWord: "anything",
  secondWord: [...scopes, renewWord],
  says: "Make an account for a program, or a new token for it",
  needs: "make_bot",
  asks: true,
  async run(desk, [word, ...rest]) {
    if (word === undefined) return misused(bot, "A name is missing");
    const username = personWord(word);
    if (rest.length === 1 && rest[0]?.toLowerCase() === renewWord) {
      return await made(desk, () => desk.connection.request({ type: "renew_bot", username }));
    }
    const chosen = scopesIn(rest);
    if (chosen === undefined) {
      return misused(bot, `SCOPES are ${scopes.join(", ")}, with commas between them`);
    }
    return await made(desk, () => desk.connection.request({ type: "make_bot", username, scopes: chosen }));
  },
};

/** What the words name, with commas or spaces between them; undefined where something else is among them, or nothing. */
function scopesIn(words: readonly string[]): readonly Scope[] | undefined {
  const names = words.join(",").toLowerCase().split(",").filter((name) => name !== "");
  const chosen = scopes.filter((scope) => names.includes(scope));
  return chosen.length > 0 && chosen.length === new Set(names).size ? chosen : undefined;
}

async function made(
  desk: Desk,
  ask: () => Promise<Extract<Outcome, { kind: "bot" }>["bot"]>,
): Promise<Outcome> {
  return await withProof(desk, bot.name, async () => {
    const answer = await ask();
    const link = usableBotLink(answer.link);
    return link === undefined
      ? noUsableLink
      : { kind: "bot", bot: { ...answer, link, hook: usableHook(answer.hook) } };
  });
}
