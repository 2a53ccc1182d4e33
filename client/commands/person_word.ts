/** A person's name as it is written, with `@` or without, as the server knows it. */
export function personWord(word: string): string {
  return word.replace(/^@/, "").toLowerCase();
}
