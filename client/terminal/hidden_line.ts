import { clip, columnsOf } from "./columns.ts";
import type { Input } from "./key_filter.ts";
import type { Canvas } from "./readline_screen.ts";

export interface HiddenLineOptions {
  readonly canvas: Canvas;
  readonly prompt: string;
  /** What is shown of each character. Stars are drawn over the row again and again. */
  readonly echo: "stars" | "nothing";
  readonly onLine: (text: string) => void;
  /** Ctrl-C, and Ctrl-D in an empty line. */
  readonly onInterrupt: () => void;
}

/** A line of which the length is shown at most, as for a password. It never becomes part of any history. */
export class HiddenLine {
  readonly #options: HiddenLineOptions;
  #characters: string[] = [];

  constructor(options: HiddenLineOptions) {
    this.#options = options;
    if (options.echo === "nothing") options.canvas.write(options.prompt);
    this.#draw();
  }

  feed(input: Input): void {
    const isEmpty = this.#characters.length === 0;
    if (input.kind === "enter") return this.#enter();
    if (input.kind === "interrupt" || (input.kind === "end" && isEmpty)) return this.#options.onInterrupt();
    if (input.kind === "paste") this.#characters.push(...input.text.replace(/[\n\t]/g, ""));
    if (input.kind === "keys") this.#press(input.text);
    this.#draw();
  }

  /** Prints whole lines, each with its newline, above the question. */
  show(lines: string): void {
    const { canvas, echo } = this.#options;
    canvas.write(echo === "nothing" ? lines : `\r\x1b[K${lines}`);
    this.#draw();
  }

  resized(): void {
    this.#draw();
  }

  close(): void {
    this.#characters = [];
  }

  #enter(): void {
    const text = this.#characters.join("");
    this.#options.canvas.write("\n");
    this.#options.onLine(text);
  }

  #press(keys: string): void {
    for (const character of withoutSequences(keys)) {
      if (character === "\x7f" || character === "\b") this.#characters.pop();
      else if (character === "\x15") this.#characters = [];
      else if (character >= " ") this.#characters.push(character);
    }
  }

  #draw(): void {
    const { canvas, echo } = this.#options;
    if (echo === "nothing") return;
    // A prompt that went on in a second row would be drawn there again.
    const prompt = clip(this.#options.prompt, canvas.columns - 1);
    const room = Math.max(0, canvas.columns - columnsOf(prompt) - 1);
    canvas.write(`\r\x1b[K${prompt}${"*".repeat(Math.min(this.#characters.length, room))}`);
  }
}

/** Without arrows and other keys that send sequences. */
function withoutSequences(keys: string): string {
  // deno-lint-ignore no-control-regex -- these are the keys
  return keys.replace(/\x1b(?:\[[0-9;]*[ -/]*[@-~]|O.|.)?/g, "");
}
