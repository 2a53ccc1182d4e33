import { type Command, misused } from "./command.ts";
import { isNamed, messageNamed } from "./message_words.ts";

export const quote: Command = {
  name: "quote",
  group: "talk",
  needs: "send",
  takes: "N TEXT",
  firstWord: "anything",
  says: "Say something about message N, quoting it",
  takesText: true,
  run(desk, _words, rest) {
    const named = messageNamed(desk, quote, rest);
    if (!isNamed(named)) return named;
    const { room, seq, rest: text } = named;
    if (text === "") return misused(quote, "The text is missing");
    return { kind: "said", room, text, quote: seq };
  },
};
