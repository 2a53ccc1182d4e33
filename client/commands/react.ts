import { type Command, doneBy, misused } from "./command.ts";
import { emojiNames, emojiWord } from "./emoji_word.ts";
import { isNamed, isOthers, messageNamed } from "./message_words.ts";

export const react: Command = {
  name: "react",
  group: "talk",
  needs: "react",
  takes: "[N] EMOJI",
  firstWord: emojiNames,
  secondWord: emojiNames,
  says: "Put an emoji, or its name, to the last message or N",
  async run(desk, words, rest) {
    // One of the names begins as a number does.
    const isBare = words.length === 1 && !/^#?\d+$/.test(rest);
    const named = messageNamed(desk, react, isBare ? "" : rest, isOthers);
    if (!isNamed(named)) return named;
    const word = isBare ? rest : named.rest;
    if (word === "" || /\s/.test(word)) {
      return misused(react, `One emoji is needed, or one of ${emojiNames.join(" ")}`);
    }
    const { room, seq } = named;
    return doneBy(await desk.connection.request({ type: "react", room, seq, emoji: emojiWord(word) }));
  },
};
