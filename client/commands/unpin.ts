import { type Command, doneBy } from "./command.ts";
import { isNamed, messageNamed } from "./message_words.ts";

export const unpin: Command = {
  name: "unpin",
  group: "talk",
  needs: "unpin",
  takes: "N",
  firstWord: "anything",
  says: "Take the pin of message N away",
  async run(desk, _words, rest) {
    const named = messageNamed(desk, unpin, rest);
    if (!isNamed(named)) return named;
    const { room, seq } = named;
    return doneBy(await desk.connection.request({ type: "unpin", room, seq }));
  },
};
