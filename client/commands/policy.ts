import type { Answer, Request } from "../../shared/protocol/mod.ts";
import { isSure, leftAsItWas, noTerminal } from "./asking.ts";
import { type Command, type Desk, misused, type Outcome } from "./command.ts";
import { durationText } from "./duration_word.ts";
import { withProof } from "./proof.ts";
import { noRetention, retentionWord } from "./retention_word.ts";

const meanings: Readonly<Record<string, "required" | "optional">> = {
  on: "required",
  required: "required",
  off: "optional",
  optional: "optional",
};

export const policy: Command = {
  name: "policy",
  group: "server",
  takes: "[2fa on|off | keep TIME|forever]",
  firstWord: ["2fa", "keep"],
  secondWord: ["on", "off", "forever"],
  says: "Show or set what holds for everybody and all rooms",
  needs: "policy",
  asks: true,
  async run(desk, [topic, word]) {
    switch (topic?.toLowerCase()) {
      case undefined:
        return await ask(desk, {}, (all) => `${twoFactorText(all)} ${retentionText(all)}`);
      case "2fa":
        return await setTwoFactor(desk, word);
      case "keep":
        return await setRetention(desk, word);
      default:
        return misused(policy, "There is no such rule");
    }
  },
};

async function setTwoFactor(desk: Desk, word: string | undefined): Promise<Outcome> {
  const twoFactor = word === undefined ? undefined : meanings[word.toLowerCase()];
  if (word !== undefined && twoFactor === undefined) return misused(policy, "There is no such rule");
  if (twoFactor === "required") {
    if (desk.asker === undefined) return noTerminal("policy");
    if (!await isSure(desk.asker, twoFactorWarning)) return leftAsItWas;
  }
  return await ask(desk, { twoFactor }, twoFactorText);
}

async function setRetention(desk: Desk, word: string | undefined): Promise<Outcome> {
  const retentionMs = word === undefined ? undefined : retentionWord(word);
  if (word !== undefined && retentionMs === undefined) return misused(policy, noRetention);
  if (retentionMs !== undefined && retentionMs > 0) {
    if (desk.asker === undefined) return noTerminal("policy");
    const warning = `What is older than ${durationText(retentionMs)} is gone for good, in all rooms. Go on?`;
    if (!await isSure(desk.asker, warning)) return leftAsItWas;
  }
  return await ask(desk, { retentionMs }, retentionText);
}

type Policy = Pick<Answer<"policy">, "twoFactor" | "retentionMs">;

type Wish = Pick<Request<"policy">, "twoFactor" | "retentionMs">;

function ask(desk: Desk, wish: Wish, say: (policy: Policy) => string): Promise<Outcome> {
  return withProof(desk, "policy", async () => ({
    kind: "told",
    text: say(await desk.connection.request({ type: "policy", ...wish })),
  }));
}

const twoFactorWarning = "Whoever has none is cut off until they have set it up. Go on?";

function twoFactorText({ twoFactor }: Policy): string {
  return twoFactor === "required"
    ? "Two-factor is demanded of everybody: whoever has none yet must set it up before anything else."
    : "Two-factor is left to everybody's own choice.";
}

function retentionText({ retentionMs = 0 }: Policy): string {
  return retentionMs === 0
    ? "Messages are kept until they are deleted, but where a room or a message has a time of its own."
    : `Messages are kept for ${durationText(retentionMs)}, and no longer in any room but under legal hold.`;
}
