import { type Command, doneBy } from "./command.ts";
import { emojiNames } from "./emoji_word.ts";
import { reactionNamed } from "./reaction_words.ts";

export const unreact: Command = {
  name: "unreact",
  group: "talk",
  needs: "unreact",
  takes: "[N] EMOJI",
  firstWord: emojiNames,
  secondWord: emojiNames,
  says: "Take back your reaction to the last message or N",
  async run(desk, words, rest) {
    const reaction = reactionNamed(desk, unreact, words, rest);
    if (!("emoji" in reaction)) return reaction;
    return doneBy(await desk.connection.request({ type: "unreact", ...reaction }));
  },
};
