import { type Command, doneBy, misused } from "./command.ts";
import { isNamed, isOwn, messageNamed } from "./message_words.ts";

export const edit: Command = {
  name: "edit",
  group: "talk",
  needs: "edit",
  takes: "[N] TEXT",
  firstWord: "anything",
  says: "Change what you said last, or in message N",
  takesText: true,
  async run(desk, _words, rest) {
    const named = messageNamed(desk, edit, rest, isOwn);
    if (!isNamed(named)) return named;
    if (named.rest === "") return misused(edit, "The new text is missing");
    const { room, seq, rest: text } = named;
    return doneBy(await desk.connection.request({ type: "edit", room, seq, text }));
  },
};
