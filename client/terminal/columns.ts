/** How many columns of a terminal a text takes: combining marks take none, ideographs and emoji two. */

/** Marks, joiners and the later parts of a Hangul syllable. */
const isNothing = /^[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]$/u;

/** Asks for the picture form of the character before it, which is then as wide as an ideograph. */
const pictureSelector = "\ufe0f";

/** Blocks whose characters are wide (Unicode Standard Annex #11), and the emoji that are pictures by themselves. */
const isWide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1aff0}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]$/u;

const graphemes = new Intl.Segmenter();

/**
 * Where terminals disagree, as on emoji that are joined out of several, this is the most that any of them takes: a row
 * that is too short does no harm.
 */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += characterColumns(character);
  return columns;
}

function characterColumns(character: string): number {
  if (character <= "\u007f") return 1;
  if (character === pictureSelector) return 1;
  if (isWide.test(character)) return 2;
  return isNothing.test(character) ? 0 : 1;
}

/** The columns that the widest of the texts takes. */
export function widest(texts: readonly string[]): number {
  return Math.max(...texts.map(columnsOf));
}

/** The text with spaces behind it, up to so many columns. */
export function pad(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - columnsOf(text)));
}

/** What a person takes for one character each. */
function charactersOf(text: string): readonly string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** The start of a text that surely fits into so many columns, with `…` where something was left out and there is room for it. */
export function clip(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  if (columns < 1) return "";
  let width = 1;
  let clipped = "";
  for (const character of charactersOf(text)) {
    width += columnsOf(character);
    if (width > columns) break;
    clipped += character;
  }
  return clipped + "…";
}
