import { Buffer } from "node:buffer";
import { createInterface, type Interface } from "node:readline";
import { Readable } from "node:stream";
import type { Input, KeyKind } from "./key_filter.ts";
import { fromMarkedLine, toMarkedLine } from "./marked_line.ts";
import { type Canvas, ReadlineScreen } from "./readline_screen.ts";

export interface LineEditorOptions {
  readonly canvas: Canvas;
  /** Stands before the line, and may have lines and colours of its own. */
  readonly prompt: string;
  /** Whether an entered line stays on the screen, as the answer to a question does. */
  readonly keepsLine: boolean;
  /** Earlier lines, the newest first. It is added to. */
  readonly history?: string[];
  readonly onLine: (text: string) => void;
  /** Ctrl-C. */
  readonly onInterrupt: () => void;
  /** Ctrl-D in an empty line. */
  readonly onEnd: () => void;
  readonly onTab?: () => void;
}

const historyMax = 200;

/**
 * One line that a person edits at the foot of the screen, while other lines appear above it. The editing is
 * node:readline's. Enter, Tab, Ctrl-D and pastes do not reach it: it would echo, insert, close, and cut them into lines.
 */
export class LineEditor {
  readonly #options: LineEditorOptions;
  readonly #keys = new Readable({ read() {} });
  readonly #screen: ReadlineScreen;
  readonly #readline: Interface;
  #prompt: string;
  #entered: string | undefined;
  /** The line while it is off the screen. */
  #hidden: { readonly line: string; readonly cursor: number } | undefined;

  constructor(options: LineEditorOptions) {
    this.#options = options;
    this.#prompt = options.prompt;
    this.#screen = new ReadlineScreen(options.canvas);
    this.#readline = createInterface({
      input: this.#keys,
      output: this.#screen,
      terminal: true,
      history: options.history ?? [],
      historySize: options.history === undefined ? 0 : historyMax,
      removeHistoryDuplicates: true,
    });
    this.#readline.on("line", (line) => this.#entered = fromMarkedLine(line));
    // Suspending would leave the terminal raw; the key does nothing.
    this.#readline.on("SIGTSTP", () => {});
    this.#draw("", 0);
  }

  /** What was typed so far. */
  get text(): string {
    return fromMarkedLine(this.#hidden?.line ?? this.#readline.line);
  }

  /** What was typed so far, up to the cursor. */
  get textBeforeCursor(): string {
    return fromMarkedLine(this.#readline.line.slice(0, this.#readline.cursor));
  }

  feed(input: Input): void {
    if (input.kind === "paste") return this.insert(input.text);
    if (input.kind !== "keys") return this.#press[input.kind]();
    // Not by `push`, which may wait for a later turn: then an Enter that comes with the keys would overtake them.
    this.#keys.emit("data", Buffer.from(input.text));
  }

  readonly #press: Readonly<Record<KeyKind, () => void>> = {
    tab: () => this.#options.onTab?.(),
    newline: () => this.insert("\n"),
    enter: () => this.#enter(),
    interrupt: () => this.#options.onInterrupt(),
    end: () => this.#end(),
  };

  /** Puts a text in at the cursor. Drawn anew: readline would forget the rows of a text that comes at once. */
  insert(text: string): void {
    if (text === "") return;
    const now = inserted(this.#hidden ?? this.#readline, toMarkedLine(text));
    if (this.#hidden !== undefined) return void (this.#hidden = now);
    this.#erase();
    this.#draw(now.line, now.cursor);
  }

  /** Puts a text in the place of what stands before the cursor. */
  replaceBeforeCursor(text: string): void {
    const start = toMarkedLine(text);
    const rest = this.#readline.line.slice(this.#readline.cursor);
    this.#erase();
    this.#draw(start + rest, start.length);
  }

  /** Takes away what was typed. */
  clear(): void {
    this.#erase();
    this.#draw("", 0);
  }

  /** Prints whole lines, each with its newline, above the prompt. */
  show(lines: string): void {
    const { line, cursor } = this.#readline;
    this.#erase();
    this.#options.canvas.write(lines);
    this.#draw(line, cursor);
  }

  setPrompt(prompt: string): void {
    if (prompt === this.#prompt) return;
    if (this.#hidden !== undefined) return void (this.#prompt = prompt);
    const { line, cursor } = this.#readline;
    this.#erase();
    this.#prompt = prompt;
    this.#draw(line, cursor);
  }

  /** Takes prompt and line off the screen until `reveal`, and no keys meanwhile. */
  hide(): void {
    const { line, cursor } = this.#readline;
    this.#erase();
    this.#hidden = { line, cursor };
  }

  reveal(): void {
    const { line, cursor } = this.#hidden ?? { line: "", cursor: 0 };
    this.#hidden = undefined;
    this.#draw(line, cursor);
  }

  /** Draws again after the terminal got another size: its rows are broken anew by now, which readline does not expect. */
  resized(): void {
    Object.assign(this.#readline, { prevRows: this.#readline.getCursorPos().rows });
    this.#screen.emit("resize");
  }

  /** Takes no more keys, and takes prompt and line off the screen unless an entered line stays. */
  close(): void {
    if (!this.#options.keepsLine && this.#hidden === undefined) this.#erase();
    this.#readline.close();
  }

  #enter(): void {
    const { line } = this.#readline;
    if (!this.#options.keepsLine) {
      this.#erase();
      this.#screen.muted = true;
      this.#set(line, line.length);
    }
    this.#readline.write(null, { name: "return" });
    this.#screen.muted = false;
    if (!this.#options.keepsLine) this.#draw("", 0);
    const entered = this.#entered;
    this.#entered = undefined;
    if (entered !== undefined) this.#options.onLine(entered);
  }

  /** Ctrl-D deletes to the right where there is a line, as everywhere. */
  #end(): void {
    if (this.#readline.line === "") this.#options.onEnd();
    else this.#readline.write(null, { ctrl: true, name: "d" });
  }

  /** readline itself knows best how many rows it has drawn: an empty line with an empty prompt takes them away. */
  #erase(): void {
    this.#readline.setPrompt("");
    this.#set("", 0);
    this.#readline.prompt(true);
  }

  #draw(line: string, cursor: number): void {
    this.#readline.setPrompt(this.#prompt);
    this.#set(line, cursor);
    this.#readline.prompt(true);
  }

  /** The types call them read-only, but they are readline's own state, and meant to be looked at. */
  #set(line: string, cursor: number): void {
    Object.assign(this.#readline, { line, cursor });
  }
}

function inserted(
  { line, cursor }: { readonly line: string; readonly cursor: number },
  text: string,
): { readonly line: string; readonly cursor: number } {
  return { line: line.slice(0, cursor) + text + line.slice(cursor), cursor: cursor + text.length };
}
