import { type Command, misused } from "./command.ts";
import { isNamed, messageNamed } from "./message_words.ts";

export const reply: Command = {
  name: "reply",
  group: "talk",
  needs: "send",
  takes: "N TEXT",
  firstWord: "anything",
  says: "Reply to message N in its thread",
  takesText: true,
  run(desk, _words, rest) {
    const named = messageNamed(desk, reply, rest);
    if (!isNamed(named)) return named;
    const { room, seq, rest: text } = named;
    if (text === "") return misused(reply, "The text is missing");
    return { kind: "said", room, text, thread: seq };
  },
};
