import { limits, Refusal } from "../../shared/protocol/mod.ts";

/** More than the longest message has, in bytes. */
const bytesMax = 4 * limits.textCodePoints;

/**
 * The messages in what another program writes: all of it, or each line that is not empty, as soon as it is there. An end of
 * line at the very end belongs to none. Rejects with `Refusal` where it is longer than any message may be, or no UTF-8.
 */
export async function* messagesIn(input: ReadableStream<Uint8Array>, lines: boolean): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  for await (const bytes of input) {
    text += decode(() => decoder.decode(bytes, { stream: true }));
    const last = lines ? text.lastIndexOf("\n") : -1;
    if (last >= 0) yield* textsOf(text.slice(0, last + 1), true);
    text = text.slice(last + 1);
    if (text.length > bytesMax) throw tooLong(lines);
  }
  yield* textsOf(text + decode(() => decoder.decode()), lines);
}

/** The messages in a text that is there as a whole. */
export function* textsOf(text: string, lines: boolean): Generator<string> {
  const whole = text.replaceAll("\r\n", "\n").replace(/\n+$/, "");
  for (const each of lines ? whole.split("\n") : [whole]) if (each.trim() !== "") yield each;
}

function decode(read: () => string): string {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new Refusal("text_invalid", "What was to be sent is not text in UTF-8. Nothing more was sent");
  }
}

function tooLong(lines: boolean): Refusal {
  const way = lines ? "Break the line" : "Shorten it, or send each line by itself with --lines";
  return new Refusal(
    "text_invalid",
    `A message has at most ${limits.textCodePoints} characters, and this is longer. ${way}`,
  );
}
