import { ChatProcess, describeChat } from "../load/chat_process.ts";
import { lineDialect } from "../load/line_dialect.ts";
import { populate, tokenOf } from "../load/population.ts";
import type { Contestant } from "./contestant.ts";

/** This project's own server. */
export function chatContestant(executable: boolean): Contestant {
  return {
    name: "chat",
    says: `${describeChat(executable)}; each message is on disk before it is told`,
    async start(directory, population) {
      populate(directory, population);
      const chat = await ChatProcess.start({ data: directory, executable });
      return {
        pid: chat.pid,
        address: chat.address,
        dialect: lineDialect(tokenOf),
        stop: async () => void await chat.stop(),
      };
    },
  };
}
