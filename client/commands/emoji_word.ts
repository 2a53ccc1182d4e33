/** Names of what is put to messages most, for keyboards that have no emoji. */
const named: Readonly<Record<string, string>> = {
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

export const emojiNames: readonly string[] = Object.keys(named);

/** The emoji that a word is, or is the name of, with colons or without. */
export function emojiWord(word: string): string {
  const name = word.replace(/^:(.+):$/, "$1").toLowerCase();
  return Object.hasOwn(named, name) ? named[name] ?? word : word;
}
