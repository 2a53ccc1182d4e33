import { encode } from "uqr";
import { type Line, span } from "./styled_line.ts";

export interface PictureSize {
  /** In columns and rows of the terminal. */
  readonly columns: number;
  readonly rows: number;
}

/** Light modules around the code. Four are asked for (ISO/IEC 18004 section 9.1), but cameras do with two. */
const quietModules = 2;

/**
 * A text as a QR code: each character shows two modules, one above the other, which makes them about square. Undefined
 * where it is too large for the terminal, since a part of it is of no use.
 */
export function codePicture(text: string, size: PictureSize): readonly Line[] | undefined {
  const { data } = encode(text, { ecc: "L", border: quietModules });
  const rows = Math.ceil(data.length / 2);
  if (rows > size.rows || data.length > size.columns) return undefined;
  return Array.from({ length: rows }, (_, row): Line => {
    const characters = (data[2 * row] ?? []).map((isDark, column) =>
      character(isDark, data[2 * row + 1]?.[column] ?? false)
    );
    return [span(characters.join(""), "picture", "whole")];
  });
}

function character(upperIsDark: boolean, lowerIsDark: boolean): string {
  if (upperIsDark) return lowerIsDark ? "█" : "▀";
  return lowerIsDark ? "▄" : " ";
}
