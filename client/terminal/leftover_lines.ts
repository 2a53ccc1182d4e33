/** What becomes of messages that have no answer when the program ends, in the words of a person. */
import { dayAndHourText } from "./date_text.ts";
import { countText } from "./count_text.ts";
import { safeLines, safeText } from "./safe_text.ts";
import { type Line, span } from "./styled_line.ts";

interface Words {
  readonly room: string;
  readonly text: string;
}

/** The words that did not get away before the end. Where they are not kept, they can at least be copied. */
export function leftBehindLines(unsent: readonly Words[], areKept: boolean): readonly Line[] {
  const title = areKept
    ? `  Not sent yet: ${countText(unsent.length, "message")}. ${laterText(unsent.length)}`
    : `  Not sent, and not kept: ${countText(unsent.length, "message")}. Copy what you need:`;
  return [[span(title, areKept ? "strong" : "bad")], ...unsent.flatMap(wordsLines)];
}

/** Words that wait for a command and have no room yet, so that they cannot be sent later either. */
export function heldBackLines(held: readonly Pick<Words, "text">[]): readonly Line[] {
  return [
    [span(`  Not sent, and not kept: ${countText(held.length, "message")}. Copy what you need:`, "bad")],
    ...held.flatMap(({ text }) => safeLines(text).map((line): Line => [span("    "), span(line)])),
  ];
}

function laterText(count: number): string {
  return `${count === 1 ? "It is" : "They are"} sent when you connect again:`;
}

/** Told at the start, when what was left behind the last time is sent. */
export function resumedLine(count: number): Line {
  const are = count === 1 ? "is" : "are";
  return [span(`  ${countText(count, "message")} from last time ${are} being sent.`, "dim")];
}

/** Told when all of these are answered. What was refused has been told by then. */
export function resumedAnswerLine(stored: number, count: number): Line {
  if (stored === count) return [span(`  Sent what was left from last time.`, "dim")];
  return [span(`  Sent ${stored} of ${countText(count, "message")} from last time.`, "dim")];
}

/** A message from last time was refused. It is not among the lines that ↑ brings back. */
export function refusedLeftoverLines(words: Words, why: string): readonly Line[] {
  return [
    [span("  ✗ Not sent from last time: ", "bad"), span(`${safeText(why)}. Your words:`)],
    ...wordsLines(words),
  ];
}

/** These may have been sent before, which nobody can tell any more: the person may look, and say them again. */
export function tooOldLines(messages: readonly (Words & { readonly time: number })[]): readonly Line[] {
  return messages.flatMap((message) => [
    [
      span("  ✗ Too old to be sent by itself: ", "bad"),
      span(`from ${dayAndHourText(message.time)}. It may have arrived then. Your words:`),
    ],
    ...wordsLines(message),
  ]);
}

function wordsLines({ room, text }: Words): readonly Line[] {
  return safeLines(text).map((line): Line => [span(`  #${safeText(room)}  `, "dim", "head"), span(line)]);
}
