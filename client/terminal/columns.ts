/**
 * The start of a text that surely fits into so many columns, with `…` where something was left out. Whatever is not
 * ASCII counts as two columns: some of it is, and a row that is too short does no harm.
 */
export function clip(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let width = 1;
  let clipped = "";
  for (const character of text) {
    width += columnsOf(character);
    if (width > columns) break;
    clipped += character;
  }
  return clipped + "…";
}

/** The text in rows of at most so many columns, broken between words; a word that is longer has a row of its own. */
export function wrap(text: string, columns: number): readonly string[] {
  const rows: string[] = [];
  for (const word of text.split(" ")) {
    const row = rows.at(-1);
    if (row !== undefined && columnsOf(row) + 1 + columnsOf(word) <= columns) {
      rows[rows.length - 1] = `${row} ${word}`;
    } else rows.push(word);
  }
  return rows;
}

function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += character <= "\u007f" ? 1 : 2;
  return columns;
}
