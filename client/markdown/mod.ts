/**
 * What people mean by the marks in what they write: one subset of Markdown for every face, as plain data. Imports no
 * other room.
 */
export type { Block, Look, Piece, Row } from "./blocks.ts";
export { loadMarkdown, type ReadMarkdown } from "./load_markdown.ts";
