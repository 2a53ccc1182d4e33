import { type Command, misused } from "./command.ts";

const meanings: Readonly<Record<string, "required" | "optional">> = {
  on: "required",
  required: "required",
  off: "optional",
  optional: "optional",
};

export const policy: Command = {
  name: "policy",
  takes: "[2fa on|off]",
  firstWord: ["2fa"],
  secondWord: ["on", "off"],
  says: "Show or set whether everybody must use two-factor",
  needs: "policy",
  async run({ connection }, [topic, word]) {
    const wished = word === undefined ? undefined : meanings[word.toLowerCase()];
    const isKnown = topic === undefined || topic.toLowerCase() === "2fa";
    if (!isKnown || (word !== undefined && wished === undefined)) {
      return misused(policy, "There is no such rule");
    }
    const { twoFactor } = await connection.request({ type: "policy", twoFactor: wished });
    return { kind: "told", text: twoFactor === "required" ? demanded : left };
  },
};

const demanded =
  "Two-factor is demanded of everybody: whoever has none yet must set it up before anything else.";
const left = "Two-factor is left to everybody's own choice.";
