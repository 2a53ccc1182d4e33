import { type Command, type Desk, misused, type Outcome } from "./command.ts";
import { emojiWord, noEmoji } from "./emoji_word.ts";
import { isNamed, isOthers, messageNamed } from "./message_words.ts";

/** An emoji, and the message that it is about. */
export interface Reaction {
  readonly room: string;
  readonly seq: number;
  readonly emoji: string;
}

/** What was written as `[N] EMOJI`: without a number it is about the newest message of somebody else. */
export function reactionNamed(
  desk: Desk,
  command: Pick<Command, "name" | "takes">,
  words: readonly string[],
  rest: string,
): Reaction | Outcome {
  // One of the names begins as a number does.
  const isBare = words.length === 1 && !/^#?\d+$/.test(rest);
  const named = messageNamed(desk, command, isBare ? "" : rest, isOthers);
  if (!isNamed(named)) return named;
  const emoji = emojiWord(isBare ? rest : named.rest);
  if (emoji === undefined) return misused(command, noEmoji);
  return { room: named.room, seq: named.seq, emoji };
}
