/** What is shown is made as lines of styled text first, so that it can be looked at without a terminal. */
import type { Look } from "../markdown/mod.ts";
import { type NameStyle, nameStyleCodes } from "./name_style.ts";

export type Style =
  | "plain"
  | "dim"
  | "strong"
  | "accent"
  | "good"
  | "bad"
  | "mention"
  | "picture"
  | NameStyle
  | Look;

/**
 * Where a line is too long for a row: after a `head` the further rows are indented by all that stands up to it; what is
 * `whole` is never broken.
 */
export type Layout = "head" | "whole";

export interface Span {
  readonly text: string;
  readonly style: Style;
  readonly layout?: Layout | undefined;
}

export type Line = readonly Span[];

/**
 * SGR parameters (ECMA-48 section 8.3.117), of the 16 colours that every person has set to their own taste. A picture is
 * for a camera: black on white out of the colours that no taste changes.
 */
const codes: Readonly<Record<Style, string>> = {
  plain: "",
  dim: "2",
  strong: "1",
  accent: "1;32",
  good: "32",
  bad: "1;31",
  mention: "1;7",
  emphasis: "3",
  struck: "9",
  code: "33",
  link: "4",
  picture: "38;5;16;48;5;231",
  ...nameStyleCodes,
};

export function span(text: string, style: Style = "plain", layout?: Layout): Span {
  return layout === undefined ? { text, style } : { text, style, layout };
}

/** One line as it is written to a terminal, without its newline. */
export function paint(line: Line, colours: boolean): string {
  return line.map((part) => paintSpan(part, colours)).join("");
}

function paintSpan({ text, style }: Span, colours: boolean): string {
  const code = codes[style];
  return colours && code !== "" && text !== "" ? `\x1b[${code}m${text}\x1b[0m` : text;
}
