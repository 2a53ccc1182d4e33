import type { Clock } from "../../shared/world/mod.ts";
import { HiddenLine } from "./hidden_line.ts";
import { type Input, KeyFilter } from "./key_filter.ts";
import type { PlainStreams } from "./plain_streams.ts";
import { RawMode } from "./raw_mode.ts";
import { type Line, span } from "./styled_line.ts";

export interface PlainTerminalOptions {
  readonly streams: PlainStreams;
  readonly clock: Clock;
  /** Ctrl-D in place of an answer, or Ctrl-C where that is no signal. */
  readonly onInterrupt: () => void;
}

/** Asks at a terminal on which lines are only ever added to: the system itself lets an answer be edited. */
export class PlainTerminal {
  readonly #options: PlainTerminalOptions;
  #isAsking = false;
  #hiding: RawMode | undefined;

  constructor(options: PlainTerminalOptions) {
    this.#options = options;
  }

  show(lines: readonly Line[]): void {
    this.#options.streams.show(lines);
  }

  async ask(prompt: string): Promise<string> {
    const { input, output } = this.#options.streams;
    for (;;) {
      output.write(prompt);
      this.#isAsking = true;
      const line = await input.next();
      if (line === undefined) return await this.#interrupted();
      this.#isAsking = false;
      if (line.text !== undefined) return line.text;
      this.show([[
        span("  Your terminal has sent bytes that are not UTF-8. Set it to UTF-8 and try again."),
      ]]);
    }
  }

  /** Shows nothing at all of what is typed. */
  async askHidden(prompt: string): Promise<string> {
    this.#isAsking = true;
    this.#hiding = new RawMode("hide");
    const answer = await this.#readHidden(prompt);
    if (answer === undefined) return await this.#interrupted();
    this.#hiding.leave();
    this.#hiding = undefined;
    this.#isAsking = false;
    return answer;
  }

  /** Gives the terminal back as it was, when all that was printed has left, but within a second. */
  async close(): Promise<void> {
    const { streams, clock } = this.#options;
    if (this.#isAsking) streams.output.write("\n");
    await streams.drained(clock);
    this.#hiding?.leave();
  }

  async #readHidden(prompt: string): Promise<string | undefined> {
    const { streams: { input, output }, onInterrupt } = this.#options;
    const entered: string[] = [];
    const canvas = { columns: Infinity, write: (text: string) => output.write(text) };
    const onLine = (text: string) => entered.push(text);
    const line = new HiddenLine({ canvas, prompt, echo: "nothing", onLine, onInterrupt });
    const keys = new KeyFilter();
    const decoder = new TextDecoder();
    while (entered.length === 0) {
      const bytes = await input.read();
      if (bytes === undefined) return undefined;
      let ahead = "";
      for (const key of keys.push(decoder.decode(bytes, { stream: true }))) {
        if (entered.length === 0) line.feed(key);
        else ahead += asTyped(key);
      }
      input.unread(new TextEncoder().encode(ahead));
    }
    return entered[0];
  }

  /** The program ends, and nobody waits for the answer. */
  #interrupted(): Promise<never> {
    this.#options.onInterrupt();
    return new Promise(() => {});
  }
}

/** What was typed ahead, as it would have come without raw mode. */
function asTyped(input: Input): string {
  if (input.kind === "keys" || input.kind === "paste") return input.text;
  return input.kind === "enter" ? "\n" : "";
}
