import type { Clock } from "../../shared/world/mod.ts";
import { InputLines } from "./input_lines.ts";
import { type Line, paint } from "./styled_line.ts";
import { terminalSize } from "./terminal_size.ts";
import { TextOutput } from "./text_output.ts";
import { wrapLine } from "./wrap_line.ts";

const drainMsMax = 1_000;

/** Whole lines in by standard input, and whole lines out, without anything that a terminal would act on. */
export class PlainStreams {
  readonly input: InputLines = new InputLines(Deno.stdin.readable);
  readonly output: TextOutput = new TextOutput(Deno.stdout);
  readonly #hasAudience: boolean;
  /** Where remarks on the side go: a person has them in the same place. */
  readonly remarks: TextOutput;

  /** `hasAudience`: whether a person sits at both ends, and not a file or another program. */
  constructor(hasAudience: boolean) {
    this.#hasAudience = hasAudience;
    this.remarks = hasAudience ? this.output : new TextOutput(Deno.stderr);
  }

  show(lines: readonly Line[]): void {
    this.output.write(this.#textOf(lines));
  }

  remark(lines: readonly Line[]): void {
    this.remarks.write(this.#textOf(lines));
  }

  /** The bell of the terminal, where a person has one. */
  ring(): void {
    if (this.remarks === this.output) this.output.write("\x07");
  }

  /** A person's terminal would break rows within words. Whatever else reads takes a line for a whole one. */
  #textOf(lines: readonly Line[]): string {
    const { columns } = terminalSize();
    const rows = this.#hasAudience ? lines.flatMap((line) => wrapLine(line, columns)) : lines;
    return rows.map((row) => paint(row, false) + "\n").join("");
  }

  /** Resolves when all that was written has left, but within a second. */
  async drained(clock: Clock): Promise<void> {
    const drained = Promise.all([this.output.drained(), this.remarks.drained()]);
    await Promise.race([drained, clock.sleep(drainMsMax)]);
  }
}
