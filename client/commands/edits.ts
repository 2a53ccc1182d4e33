import type { Command } from "./command.ts";
import { isNamed, messageNamed } from "./message_words.ts";

export const edits: Command = {
  name: "edits",
  group: "find",
  needs: "revisions",
  takes: "N",
  firstWord: "anything",
  says: "Show all texts that message N has had",
  async run(desk, _words, rest) {
    const named = messageNamed(desk, edits, rest);
    if (!isNamed(named)) return named;
    const { room, seq } = named;
    return { kind: "revisions", revisions: await desk.connection.request({ type: "revisions", room, seq }) };
  },
};
