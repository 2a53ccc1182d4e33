import { type Command, misused } from "./command.ts";
import { personWord } from "./person_word.ts";

export const direct: Command = {
  name: "dm",
  otherNames: ["msg"],
  group: "people",
  needs: "direct",
  takes: "NAME[,NAME] [TEXT]",
  firstWord: "person",
  says: "Talk with one person, or a few, in private",
  takesText: true,
  turns: true,
  async run({ connection }, _words, rest) {
    const [, names, text = ""] = /^(\S+)\s*([^]*)$/.exec(rest) ?? [];
    if (names === undefined) return misused(direct, "A name is missing");
    const usernames = names.split(",").filter((name) => name !== "").map(personWord);
    const { room } = await connection.request({ type: "direct", usernames });
    if (room === undefined) return misused(direct, "The server does not say where");
    return { kind: "turned", room, text: text === "" ? undefined : text };
  },
};
