import type { Input } from "./key_filter.ts";
import type { Canvas } from "./readline_screen.ts";

export interface HiddenLineOptions {
  readonly canvas: Canvas;
  readonly prompt: string;
  readonly onLine: (text: string) => void;
  /** Ctrl-C, and Ctrl-D in an empty line. */
  readonly onInterrupt: () => void;
}

/** A line of which only the length is shown, as for a password. It never becomes part of any history. */
export class HiddenLine {
  readonly #options: HiddenLineOptions;
  #characters: string[] = [];

  constructor(options: HiddenLineOptions) {
    this.#options = options;
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
    const { canvas, prompt } = this.#options;
    const stars = "*".repeat(
      Math.max(0, Math.min(this.#characters.length, canvas.columns - prompt.length - 1)),
    );
    canvas.write(`\r\x1b[K${prompt}${stars}`);
  }
}

/** Without arrows and other keys that send sequences. */
function withoutSequences(keys: string): string {
  // deno-lint-ignore no-control-regex -- these are the keys
  return keys.replace(/\x1b(?:\[[0-9;]*[ -/]*[@-~]|O.|.)?/g, "");
}
