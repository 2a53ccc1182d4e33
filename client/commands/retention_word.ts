import { limits } from "../../shared/protocol/mod.ts";
import { durationText, durationWord } from "./duration_word.ts";

/** How long messages are to be kept, in milliseconds, and 0 for ever; undefined for what is no such time. */
export function retentionWord(word: string): number | undefined {
  if (word.toLowerCase() === "forever") return 0;
  const ms = durationWord(word);
  return ms !== undefined && ms >= limits.retentionMsMin && ms <= limits.lifeMsMax ? ms : undefined;
}

/** Why a word is no such time. */
export const noRetention = `TIME is written like 12h, 30d or 52w, and is ${
  durationText(limits.retentionMsMin)
} or more; forever sets no end`;
