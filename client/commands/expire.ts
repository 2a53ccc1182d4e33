import { limits } from "../../shared/protocol/mod.ts";
import { type Command, misused } from "./command.ts";
import { durationsWritten, durationText, durationWord } from "./duration_word.ts";

export const expire: Command = {
  name: "expire",
  group: "talk",
  needs: "send",
  takes: "TIME TEXT",
  firstWord: "anything",
  says: "Say something that is gone after TIME, like 1h",
  takesText: true,
  run({ room }, _words, rest) {
    const [, word = "", text = ""] = /^(\S*)\s*([^]*)$/.exec(rest) ?? [];
    const lifeMs = durationWord(word);
    if (room === undefined) return misused(expire, "You are in no room");
    if (lifeMs === undefined) return misused(expire, `TIME is written ${durationsWritten}`);
    if (lifeMs < limits.lifeMsMin || lifeMs > limits.lifeMsMax) {
      const longest = durationText(limits.lifeMsMax);
      return misused(expire, `TIME is from ${durationText(limits.lifeMsMin)} to ${longest}`);
    }
    if (text === "") return misused(expire, "The text is missing");
    return { kind: "said", room, text, lifeMs };
  },
};
