import { isSure, leftAsItWas, noTerminal } from "./asking.ts";
import { type Command, misused } from "./command.ts";
import { withProof } from "./proof.ts";

const meanings: Readonly<Record<string, "required" | "optional">> = {
  on: "required",
  required: "required",
  off: "optional",
  optional: "optional",
};

export const policy: Command = {
  name: "policy",
  group: "server",
  takes: "[2fa on|off]",
  firstWord: ["2fa"],
  secondWord: ["on", "off"],
  says: "Show or set whether everybody must use two-factor",
  needs: "policy",
  asks: true,
  async run(desk, [topic, word]) {
    const wished = word === undefined ? undefined : meanings[word.toLowerCase()];
    const isKnown = topic === undefined || topic.toLowerCase() === "2fa";
    if (!isKnown || (word !== undefined && wished === undefined)) {
      return misused(policy, "There is no such rule");
    }
    if (wished === "required") {
      if (desk.asker === undefined) return noTerminal("policy");
      if (!await isSure(desk.asker, warning)) return leftAsItWas;
    }
    return await withProof(desk, "policy", async () => {
      const { twoFactor } = await desk.connection.request({ type: "policy", twoFactor: wished });
      return { kind: "told", text: twoFactor === "required" ? demanded : left };
    });
  },
};

const warning = "Whoever has none is cut off until they have set it up. Go on?";
const demanded =
  "Two-factor is demanded of everybody: whoever has none yet must set it up before anything else.";
const left = "Two-factor is left to everybody's own choice.";
