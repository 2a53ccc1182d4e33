import type { World } from "../../shared/world/mod.ts";
import { HiddenLine } from "./hidden_line.ts";
import { type Input, KeyFilter } from "./key_filter.ts";
import { LineEditor, type LineEditorOptions } from "./line_editor.ts";
import { RawMode } from "./raw_mode.ts";
import type { Canvas } from "./readline_screen.ts";
import { type Line, paint } from "./styled_line.ts";
import { terminalSize } from "./terminal_size.ts";
import { TextOutput } from "./text_output.ts";
import { WaitingLine } from "./waiting_line.ts";
import { wrapLine } from "./wrap_line.ts";

export interface TerminalOptions {
  readonly world: World;
  /** Whether colours and other attributes may be used. */
  readonly colours: boolean;
  /** Ctrl-C while nothing is being typed. */
  readonly onInterrupt: () => void;
  /** The terminal is gone. */
  readonly onGone: () => void;
}

/** Something that takes what is typed. */
interface Typist {
  feed(input: Input): void;
  /** Prints whole lines above what is being typed. */
  show(lines: string): void;
  resized(): void;
  close(): void;
}

const drainMsMax = 1_000;
const earlyInputsMax = 1_000;

/**
 * The terminal on standard input and output, in raw mode until `close`: it asks questions, lets a line be edited, and
 * prints. What is typed while nobody takes it is kept for whoever does next.
 */
export class Terminal {
  readonly #options: TerminalOptions;
  readonly #output = new TextOutput(Deno.stdout);
  readonly #keys = new KeyFilter();
  readonly #canvas: Canvas;
  readonly #rawMode = new RawMode("edit");
  readonly #resized = () => this.#typist?.resized();
  readonly #reader = Deno.stdin.readable.getReader();
  #early: Input[] = [];
  #typist: Typist | undefined;
  /** The line that is edited, while what is typed is for questions. */
  #held: LineEditor | undefined;
  #isAsking = false;
  #isClosed = false;

  constructor(options: TerminalOptions) {
    this.#options = options;
    this.#canvas = {
      // Raw mode may have switched off what makes a newline of a line feed.
      write: (text) => this.#output.write(text.replace(/\r?\n/g, "\r\n")),
      get columns() {
        return terminalSize().columns;
      },
    };
    if (Deno.build.os !== "windows") Deno.addSignalListener("SIGWINCH", this.#resized);
    void this.#output.broken.then(options.onGone);
    void this.#pump();
  }

  get hasColours(): boolean {
    return this.#options.colours;
  }

  get rows(): number {
    return terminalSize().rows;
  }

  get columns(): number {
    return terminalSize().columns;
  }

  /** Prints lines, wrapped to the terminal's width; above the line that is being edited, where there is one. */
  show(lines: readonly Line[]): void {
    const rows = lines.flatMap((line) => wrapLine(line, this.columns));
    const text = rows.map((row) => this.paint(row) + "\n").join("");
    if (this.#typist === undefined) this.#canvas.write(text);
    else this.#typist.show(text);
  }

  ring(): void {
    this.#output.write("\x07");
  }

  paint(line: Line): string {
    return paint(line, this.#options.colours);
  }

  /** Asks for one line. Ctrl-C and Ctrl-D go to `onInterrupt`; without it they end the program. */
  ask(prompt: string, onInterrupt: () => void = this.#options.onInterrupt): Promise<string> {
    return this.#once((onLine) =>
      new LineEditor({
        canvas: this.#canvas,
        prompt,
        keepsLine: true,
        onLine,
        onInterrupt,
        onEnd: onInterrupt,
      })
    );
  }

  /** Asks for one line that is not shown. Ctrl-C as with `ask`. */
  askHidden(prompt: string, onInterrupt: () => void = this.#options.onInterrupt): Promise<string> {
    return this.#once((onLine) =>
      new HiddenLine({ canvas: this.#canvas, prompt, echo: "stars", onLine, onInterrupt })
    );
  }

  /** As `ask` or `askHidden`, but Ctrl-C and Ctrl-D take the question back: then the answer is empty. */
  async inquire(prompt: string, way: "ask" | "askHidden"): Promise<string> {
    const takenBack = Promise.withResolvers<string>();
    const answer = this[way](prompt, () => {
      this.#isAsking = false;
      this.stopEditing();
      this.#canvas.write("\n");
      takenBack.resolve("");
    });
    return await Promise.race([answer, takenBack.promise]);
  }

  /** Takes the line that is edited off the screen. What is typed is for questions until `releaseKeys`. */
  holdKeys(): void {
    if (!(this.#typist instanceof LineEditor)) return;
    this.#held = this.#typist;
    this.#held.hide();
    this.#typist = undefined;
  }

  /** What was typed and nobody asked for goes into the line. */
  releaseKeys(): void {
    const held = this.#held;
    if (held === undefined) return;
    this.#held = undefined;
    held.reveal();
    this.#seat(held);
  }

  /** Shows `text` at the foot of the screen while keys are held, until the returned function is called or Ctrl-C is pressed. */
  wait(text: string, onInterrupt: () => void): () => void {
    const waiting = new WaitingLine({ canvas: this.#canvas, text, onInterrupt });
    this.#seat(waiting);
    return () => {
      if (this.#typist !== waiting) return;
      this.stopEditing();
      for (const input of waiting.keys) this.#take(input);
    };
  }

  /** Lets lines be edited at the foot of the screen until the editor is closed with `stopEditing` or `close`. */
  edit(options: Omit<LineEditorOptions, "canvas">): LineEditor {
    const editor = new LineEditor({ ...options, canvas: this.#canvas });
    this.#seat(editor);
    return editor;
  }

  stopEditing(): void {
    this.#typist?.close();
    this.#typist = undefined;
  }

  /** Gives the terminal back as it was, when all that was printed has left, but within a second. */
  async close(): Promise<void> {
    this.stopEditing();
    this.#held?.close();
    this.#held = undefined;
    if (this.#isAsking) this.#canvas.write("\n");
    this.#isClosed = true;
    // What is typed from now on is left to the next reader.
    this.#reader.releaseLock();
    await Promise.race([this.#output.drained(), this.#options.world.clock.sleep(drainMsMax)]);
    if (Deno.build.os !== "windows") Deno.removeSignalListener("SIGWINCH", this.#resized);
    this.#rawMode.leave();
  }

  #once(seat: (onLine: (text: string) => void) => Typist): Promise<string> {
    return new Promise((resolve) => {
      this.#isAsking = true;
      const typist = seat((text) => {
        this.#isAsking = false;
        this.stopEditing();
        resolve(text);
      });
      this.#seat(typist);
    });
  }

  #seat(typist: Typist): void {
    this.#typist = typist;
    const early = this.#early;
    this.#early = [];
    for (const input of early) this.#take(input);
  }

  async #pump(): Promise<void> {
    const decoder = new TextDecoder();
    while (!this.#isClosed) {
      const bytes = await this.#read();
      if (bytes === undefined) break;
      for (const input of this.#keys.push(decoder.decode(bytes, { stream: true }))) this.#take(input);
    }
    if (!this.#isClosed) this.#options.onGone();
  }

  /** Undefined at the end. A terminal that is torn down may answer with an error instead, which means the same. */
  #read(): Promise<Uint8Array | undefined> {
    return this.#reader.read().then(({ value }) => value, () => undefined);
  }

  #take(input: Input): void {
    if (this.#typist !== undefined) return this.#typist.feed(input);
    if (input.kind === "interrupt") return this.#options.onInterrupt();
    if (this.#early.length < earlyInputsMax) this.#early.push(input);
  }
}
