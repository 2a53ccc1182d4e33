import type { Command } from "./command.ts";
import { isShown } from "./history.ts";
import { isNamed, messageNamed } from "./message_words.ts";

/** Events on both sides together. */
const around = 20;

export const show: Command = {
  name: "show",
  group: "find",
  needs: "history",
  takes: "N",
  firstWord: "anything",
  says: "Show message N, and what was said around it",
  async run(desk, _words, rest) {
    const named = messageNamed(desk, show, rest);
    if (!isNamed(named)) return named;
    const { room, seq } = named;
    const { messages, more } = await desk.connection.request({
      type: "history",
      room,
      around: seq,
      limit: around,
    });
    const events = messages.filter(isShown);
    if (!events.some((event) => event.seq === seq)) {
      desk.show({
        kind: "told",
        text: `Nothing has the number ${seq} in this room: this is what is nearest.`,
      });
    }
    return { kind: "history", room, events, more };
  },
};
