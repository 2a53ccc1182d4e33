/**
 * Nothing that others wrote reaches the terminal raw. A control character could move the cursor, change the title or
 * type an answer; a bidirectional control could make a text read as another one. Both are shown in place of acting.
 */

// deno-lint-ignore no-control-regex -- replacing control characters is what this is for
const controls = /[\u0000-\u001f\u007f-\u009f]/g;
const bidirectional = /[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
const tab = "    ";

/** A text of others as lines that are safe to print. There is at least one. */
export function safeLines(text: string): readonly string[] {
  return text.split("\n").map(safeText);
}

/** A text of others as one line that is safe to print. */
export function safeText(text: string): string {
  return text.toWellFormed().replaceAll("\t", tab).replace(controls, picture).replace(
    bidirectional,
    codePoint,
  );
}

/** Unicode has a picture of each C0 control and of DEL, but none of the C1 controls. */
function picture(control: string): string {
  const code = control.charCodeAt(0);
  if (code === 0x7f) return "\u2421";
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : codePoint(control);
}

function codePoint(character: string): string {
  return `<U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}>`;
}
