import type { Command } from "./command.ts";

const shownMax = 20;

export const mentions: Command = {
  name: "mentions",
  group: "find",
  needs: "mentions",
  takes: "",
  firstWord: "anything",
  says: "List the newest messages that mean you",
  async run({ connection }) {
    const { messages, more } = await connection.request({ type: "mentions", limit: shownMax });
    return { kind: "messages", messages, more, none: "Nobody has mentioned you yet." };
  },
};
