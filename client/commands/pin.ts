import { type Command, doneBy } from "./command.ts";
import { isNamed, messageNamed } from "./message_words.ts";

export const pin: Command = {
  name: "pin",
  group: "talk",
  needs: "pin",
  takes: "N",
  firstWord: "anything",
  says: "Pin message N to this room",
  async run(desk, _words, rest) {
    const named = messageNamed(desk, pin, rest);
    if (!isNamed(named)) return named;
    const { room, seq } = named;
    return doneBy(await desk.connection.request({ type: "pin", room, seq }));
  },
};
