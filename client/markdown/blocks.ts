/** A stretch of a text of one look. It is as its writer gave it: whoever shows it makes it safe. */
export interface Piece {
  readonly text: string;
  readonly looks: readonly Look[];
  /** Where a link leads to. Show it where it is another text than the link has. */
  readonly address?: string | undefined;
}

export type Look = "strong" | "emphasis" | "struck" | "code" | "link";

export type Row = readonly Piece[];

export type Block =
  | { readonly kind: "text"; readonly rows: readonly Row[] }
  /** `language` is what stood beside the fence, or nothing. */
  | { readonly kind: "code"; readonly language: string; readonly rows: readonly string[] }
  | { readonly kind: "quote"; readonly blocks: readonly Block[] }
  /** `mark` is `•`, or a number with its dot. */
  | { readonly kind: "item"; readonly mark: string; readonly blocks: readonly Block[] };
