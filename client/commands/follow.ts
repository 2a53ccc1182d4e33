import type { Command } from "./command.ts";
import { isNamed, messageNamed } from "./message_words.ts";

export const follow: Command = {
  name: "follow",
  group: "find",
  needs: "follow",
  takes: "N",
  firstWord: "anything",
  says: "Be told of the thread of message N",
  async run(desk, _words, rest) {
    const named = messageNamed(desk, follow, rest);
    if (!isNamed(named)) return named;
    const { room, seq } = named;
    await desk.connection.request({ type: "follow", room, seq, following: true });
    return { kind: "told", text: "You follow the thread." };
  },
};
