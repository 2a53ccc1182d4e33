/**
 * A message of several lines is edited as one line, in which visible marks stand for its newlines and tabs. Whoever
 * types a mark itself gets what it stands for.
 */
const marks = [["\n", "↵"], ["\t", "⇥"]] as const;

export function toMarkedLine(text: string): string {
  return marks.reduce((line, [character, mark]) => line.replaceAll(character, mark), text);
}

export function fromMarkedLine(line: string): string {
  return marks.reduce((text, [character, mark]) => text.replaceAll(mark, character), line);
}
