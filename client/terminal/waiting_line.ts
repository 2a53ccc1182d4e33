import { clip } from "./columns.ts";
import type { Input } from "./key_filter.ts";
import type { Canvas } from "./readline_screen.ts";

export interface WaitingLineOptions {
  readonly canvas: Canvas;
  readonly text: string;
  /** Ctrl-C. */
  readonly onInterrupt: () => void;
}

/** Stands at the foot of the screen in place of a line, while something waits for its turn. Keys are kept for later. */
export class WaitingLine {
  readonly #options: WaitingLineOptions;
  readonly #keys: Input[] = [];

  constructor(options: WaitingLineOptions) {
    this.#options = options;
    this.#draw();
  }

  /** What was typed since it stands there; nothing after Ctrl-C. */
  get keys(): readonly Input[] {
    return this.#keys;
  }

  feed(input: Input): void {
    if (input.kind !== "interrupt") return void this.#keys.push(input);
    this.#keys.length = 0;
    this.#options.onInterrupt();
  }

  /** Prints whole lines, each with its newline, above it. */
  show(lines: string): void {
    this.close();
    this.#options.canvas.write(lines);
    this.#draw();
  }

  resized(): void {
    this.#draw();
  }

  close(): void {
    this.#options.canvas.write("\r\x1b[K");
  }

  #draw(): void {
    const { canvas, text } = this.#options;
    canvas.write(`\r\x1b[K${clip(text, canvas.columns - 1)}`);
  }
}
