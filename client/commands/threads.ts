import type { Command } from "./command.ts";

export const threads: Command = {
  name: "threads",
  group: "find",
  needs: "threads",
  takes: "",
  firstWord: "anything",
  says: "List the threads that you follow, the newest first",
  async run({ connection }) {
    const { threads, more } = await connection.request({ type: "threads" });
    return { kind: "threads", threads, more };
  },
};
