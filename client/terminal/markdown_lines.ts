import type { Block, Look, Piece } from "../markdown/mod.ts";
import { safeText } from "./safe_text.ts";
import { type Line, type Span, span, type Style } from "./styled_line.ts";

/** Blocks as lines of a terminal, each piece made safe. `text` makes spans of words that stand in no code. */
export function markdownLines(
  blocks: readonly Block[],
  text: (words: string, style: Style) => Line,
): readonly Line[] {
  return blocks.flatMap((block) => blockLines(block, text));
}

function blockLines(block: Block, text: (words: string, style: Style) => Line): readonly Line[] {
  switch (block.kind) {
    case "text":
      return block.rows.map((row) => row.flatMap((piece) => pieceSpans(piece, text)));
    case "code":
      return [
        ...block.language === "" ? [] : [[span(`  ${safeText(block.language)}`, "dim")]],
        ...block.rows.map((row) => [span("  ", "plain", "head"), span(safeText(row), "code")]),
      ];
    case "quote":
      return markdownLines(block.blocks, text).map((line) => [span("│ ", "dim", "head"), ...line]);
    case "item": {
      const head = `${block.mark} `;
      const lines = markdownLines(block.blocks, text);
      return (lines.length === 0 ? [[]] : lines).map((line, index) => [
        span(index === 0 ? head : " ".repeat(head.length), "dim", "head"),
        ...line,
      ]);
    }
  }
}

function pieceSpans(
  { text: words, looks, address }: Piece,
  text: (words: string, style: Style) => Line,
): readonly Span[] {
  const style = styleOf(looks);
  if (looks.includes("code")) return [span(safeText(words), style)];
  const spans = text(safeText(words), style);
  // A link must not lead anywhere but where it seems to.
  if (address === undefined || address === words || address === `mailto:${words}`) return spans;
  return [...spans, span(` <${safeText(address)}>`, "dim")];
}

function styleOf(looks: readonly Look[]): Style {
  const found = order.find((look) => looks.includes(look));
  return found ?? "plain";
}

/** Of several looks, the one that says most. */
const order: readonly Look[] = ["code", "link", "strong", "struck", "emphasis"];
