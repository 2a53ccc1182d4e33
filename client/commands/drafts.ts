import type { Command } from "./command.ts";

export const drafts: Command = {
  name: "drafts",
  group: "find",
  needs: "drafts",
  takes: "",
  firstWord: "anything",
  says: "List the texts that you have not sent yet",
  async run({ connection }) {
    const { drafts } = await connection.request({ type: "drafts" });
    return { kind: "drafts", drafts };
  },
};
