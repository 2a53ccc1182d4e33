/** Names of what is put to messages most, for keyboards that have no emoji. */
export const namedEmoji: Readonly<Record<string, string>> = {
  "+1": "👍",
  "-1": "👎",
  "ok": "👌",
  "yes": "✅",
  "no": "❌",
  "heart": "❤️",
  "smile": "😄",
  "laugh": "😂",
  "sad": "😢",
  "tada": "🎉",
  "eyes": "👀",
  "thanks": "🙏",
  "fire": "🔥",
  "rocket": "🚀",
};

export const emojiNames: readonly string[] = Object.keys(namedEmoji);

/** The emoji that a word is, or is the name of, with colons or without. Undefined for a word that is neither. */
export function emojiWord(word: string): string | undefined {
  const name = word.replace(/^:(.+):$/, "$1").toLowerCase();
  if (Object.hasOwn(namedEmoji, name)) return namedEmoji[name];
  return /[\p{L}\s]|^$/u.test(word) ? undefined : word;
}

/** What to say where a word is no emoji. */
export const noEmoji = `One emoji is needed, or one of ${emojiNames.join(" ")}`;
