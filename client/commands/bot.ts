import { type Scope, scopes } from "../../shared/protocol/mod.ts";
import type { Ask } from "../connection/mod.ts";
import { type Command, type Desk, misused, type Outcome } from "./command.ts";
import { personWord } from "./person_word.ts";
import { withProof } from "./proof.ts";
import { noUsableLink, usableBotLink, usableHook } from "./usable_link.ts";

const renewWord = "renew";

export const bot: Command = {
  name: "bot",
  group: "server",
  takes: "NAME SCOPES | NAME renew [SCOPES]",
  firstWord: "anything",
  secondWord: [...scopes, renewWord],
  says: "Make an account for a program, or a new token for it",
  needs: "make_bot",
  asks: true,
  async run(desk, [word, ...rest]) {
    if (word === undefined) return misused(bot, "A name is missing");
    const username = personWord(word);
    const isNew = rest[0]?.toLowerCase() !== renewWord;
    const named = isNew ? rest : rest.slice(1);
    const chosen = scopesIn(named);
    if (chosen === undefined && (isNew || named.length > 0)) {
      return misused(bot, `SCOPES are ${scopes.join(", ")}, with commas between them`);
    }
    const ask = chosen !== undefined && isNew
      ? { type: "make_bot", username, scopes: chosen } as const
      : { type: "renew_bot", username, scopes: chosen } as const;
    return await made(desk, ask, isNew);
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
  asked: Ask<"make_bot"> | Ask<"renew_bot">,
  isNew: boolean,
): Promise<Outcome> {
  return await withProof(desk, bot.name, async () => {
    const answer = await desk.connection.request<"make_bot" | "renew_bot">(asked);
    const link = usableBotLink(answer.link);
    return link === undefined
      ? noUsableLink
      : { kind: "bot", bot: { ...answer, link, hook: usableHook(answer.hook) }, isNew };
  });
}
