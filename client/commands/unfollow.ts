import type { Command } from "./command.ts";
import { isNamed, messageNamed } from "./message_words.ts";

export const unfollow: Command = {
  name: "unfollow",
  group: "find",
  needs: "follow",
  takes: "N",
  firstWord: "anything",
  says: "Be told no more of the thread of message N",
  async run(desk, _words, rest) {
    const named = messageNamed(desk, unfollow, rest);
    if (!isNamed(named)) return named;
    const { room, seq } = named;
    await desk.connection.request({ type: "follow", room, seq, following: false });
    return { kind: "told", text: "You leave the thread alone." };
  },
};
