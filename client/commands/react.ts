import { type Command, doneBy } from "./command.ts";
import { emojiNames } from "./emoji_word.ts";
import { reactionNamed } from "./reaction_words.ts";

export const react: Command = {
  name: "react",
  group: "talk",
  needs: "react",
  takes: "[N] EMOJI",
  firstWord: emojiNames,
  secondWord: emojiNames,
  says: "React to the last message, or to N, with an emoji",
  async run(desk, words, rest) {
    const reaction = reactionNamed(desk, react, words, rest);
    if (!("emoji" in reaction)) return reaction;
    return doneBy(await desk.connection.request({ type: "react", ...reaction }));
  },
};
