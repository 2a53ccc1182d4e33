import { limits } from "../../shared/protocol/mod.ts";
import { type Command, misused } from "./command.ts";

export const invite: Command = {
  name: "invite",
  takes: "[USES]",
  firstWord: "anything",
  says: "Make an invite link for one colleague, or for USES",
  async run({ connection }, [word]) {
    const uses = word === undefined ? 1 : Number(word);
    if (!Number.isInteger(uses) || uses < 1 || uses > limits.inviteUsesMax) {
      return misused(invite, `USES is a whole number from 1 to ${limits.inviteUsesMax}`);
    }
    return { kind: "invite", invite: await connection.request({ type: "invite", uses }) };
  },
};
