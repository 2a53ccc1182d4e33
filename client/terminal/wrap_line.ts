import { columnsOf } from "./columns.ts";
import { type Line, type Span, span } from "./styled_line.ts";

/**
 * The line in rows of at most so many columns, broken at spaces and behind ideographs. The rows below the first are
 * indented by the head of the line, or where it has none, as the line itself. A longer word stays whole, so that an
 * address can be copied, and is left to the terminal to break.
 */
export function wrapLine(line: Line, columns: number): readonly Line[] {
  if (widthOf(line) <= columns) return [line];
  const indent = indentOf(line);
  const rows = new Rows(indent < columns / 2 ? indent : 0, columns);
  for (const word of wordsOf(line)) rows.add(word);
  return rows.lines;
}

function widthOf(line: Line): number {
  return line.reduce((width, { text }) => width + columnsOf(text), 0);
}

function indentOf(line: Line): number {
  const head = line.slice(0, line.findLastIndex(({ layout }) => layout === "head") + 1);
  return head.length > 0 ? widthOf(head) : /^ */.exec(line[0]?.text ?? "")?.[0].length ?? 0;
}

/** The pieces of a line that stay together, which may be of several styles. Spaces are words of their own. */
function wordsOf(line: Line): readonly Line[] {
  const words: Span[][] = [];
  for (const piece of line.flatMap(piecesOf)) {
    const word = words.at(-1);
    const last = word?.at(-1);
    if (word === undefined || last === undefined || isBreak(last, piece)) words.push([piece]);
    else word.push(piece);
  }
  return words;
}

function piecesOf(part: Span): readonly Span[] {
  if (part.layout !== undefined) return [part];
  const texts = part.text.match(/ +|[^ ]+/g) ?? [];
  return texts.flatMap((text) => text.split(behindIdeograph)).map((text) => ({ ...part, text }));
}

/** Texts of ideographs have hardly any spaces to be broken at. */
const behindIdeograph = /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。，！？])/u;

function isBreak(one: Span, next: Span): boolean {
  return one.layout === "head" || isSpace(one) || isSpace(next) ||
    behindIdeograph.exec(one.text)?.index === one.text.length;
}

function isSpace({ text }: Span): boolean {
  return text.trim() === "";
}

class Rows {
  readonly #indent: number;
  readonly #columns: number;
  readonly #lines: Line[] = [];
  #row: Span[] = [];
  #width = 0;
  /** Whether the row has a word beside its indent and its head. */
  #hasWord = false;

  constructor(indent: number, columns: number) {
    this.#indent = indent;
    this.#columns = columns;
  }

  get lines(): readonly Line[] {
    return [...this.#lines, this.#row];
  }

  /** Spaces at which the line is broken are left out. */
  add(word: Line): void {
    const width = widthOf(word);
    const isBlank = word.every(isSpace);
    if (this.#hasWord && this.#width + width > this.#columns) this.#begin();
    if (isBlank && !this.#hasWord && this.#lines.length > 0) return;
    this.#row.push(...word);
    this.#width += width;
    if (word.some(({ layout }) => layout === "head")) this.#hasWord = false;
    else this.#hasWord ||= !isBlank;
  }

  #begin(): void {
    const last = this.#row.at(-1);
    this.#lines.push(last !== undefined && isSpace(last) ? this.#row.slice(0, -1) : this.#row);
    this.#row = this.#indent === 0 ? [] : [span(" ".repeat(this.#indent))];
    this.#width = this.#indent;
    this.#hasWord = false;
  }
}
