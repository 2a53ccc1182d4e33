import MarkdownIt from "markdown-it";
import type { Block, Look, Piece, Row } from "./blocks.ts";

type Token = ReturnType<InstanceType<typeof MarkdownIt>["parse"]>[number];

/** No HTML, no images, no headings or tables: what people write in a conversation. Addresses stand in `<` and `>` or alone. */
const parser = new MarkdownIt("zero", { html: false }).enable([
  "emphasis",
  "strikethrough",
  "backticks",
  "fence",
  "blockquote",
  "list",
  "link",
  "autolink",
  "escape",
]);

/** Without any of these a text is what it is. */
const mayMean = /[*_~`[<\\]|^\s*(?:>|[-+]\s|\d+[.)]\s)/m;

/** The blocks of a text, in which rows, spaces at their beginning and empty rows are as they were written. */
export function readMarkdown(text: string): readonly Block[] {
  if (!mayMean.test(text)) return [{ kind: "text", rows: text.split("\n").map((row) => [plain(row)]) }];
  return new Reading(text).blocks();
}

function plain(text: string): Piece {
  return { text, looks: [] };
}

class Reading {
  readonly #rows: readonly string[];
  readonly #tokens: readonly Token[];
  #at = 0;
  /** The number of the row behind the last block. */
  #row = 0;

  constructor(text: string) {
    this.#rows = text.split("\n");
    this.#tokens = parser.parse(text, {});
  }

  /** Up to the token that closes what was opened before. */
  blocks(marks: () => string = () => "•"): readonly Block[] {
    const blocks: Block[] = [];
    for (let token = this.#tokens[this.#at++]; token !== undefined; token = this.#tokens[this.#at++]) {
      if (token.nesting < 0 && token.type !== "paragraph_close") break;
      blocks.push(...this.#blocksOf(token, marks));
    }
    return blocks;
  }

  #blocksOf(token: Token, marks: () => string): readonly Block[] {
    const before = this.#emptyRows(token);
    switch (token.type) {
      case "inline":
        return [{ kind: "text", rows: rowsOf(token.children ?? []) }];
      case "fence":
        return [...before, {
          kind: "code",
          language: token.info.trim(),
          rows: token.content.replace(/\n$/, "").split("\n"),
        }];
      case "blockquote_open":
        return [...before, { kind: "quote", blocks: this.blocks() }];
      case "bullet_list_open":
        return [...before, ...this.blocks()];
      case "ordered_list_open":
        return [...before, ...this.blocks(counting(Number(token.attrGet("start") ?? 1)))];
      case "list_item_open":
        return [...before, { kind: "item", mark: marks(), blocks: this.blocks() }];
      default:
        return before;
    }
  }

  /** The empty rows in front of it, as one block. Rows within a paragraph have their place already. */
  #emptyRows({ map, type }: Token): readonly Block[] {
    if (map === null || type === "inline") return [];
    const [start, end] = map;
    const empty = this.#rows.slice(this.#row, start).filter((row) => row.trim() === "");
    const isWhole = type === "paragraph_open" || type === "fence";
    this.#row = Math.max(this.#row, isWhole ? end : start);
    return empty.length === 0 ? [] : [{ kind: "text", rows: empty.map(() => []) }];
  }
}

function counting(start: number): () => string {
  let next = start;
  return () => `${next++}.`;
}

function rowsOf(children: readonly Token[]): readonly Row[] {
  const rows: Piece[][] = [[]];
  const looks: Look[] = [];
  let address: string | undefined;
  for (const token of children) {
    const look = looksOf[token.tag];
    if (look !== undefined && token.nesting > 0) looks.push(look);
    if (look !== undefined && token.nesting < 0) looks.splice(looks.lastIndexOf(look), 1);
    if (token.tag === "a") address = token.nesting > 0 ? String(token.attrGet("href") ?? "") : undefined;
    if (token.nesting !== 0) continue;
    const own: readonly Look[] = token.type === "code_inline" ? [...looks, "code"] : [...looks];
    token.content.split("\n").forEach((text, index) => {
      if (index > 0) rows.push([]);
      if (text !== "") rows.at(-1)?.push({ text, looks: own, ...address === undefined ? {} : { address } });
    });
  }
  return rows;
}

const looksOf: Readonly<Record<string, Look>> = { strong: "strong", em: "emphasis", s: "struck", a: "link" };
