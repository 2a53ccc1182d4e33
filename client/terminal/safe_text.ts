/**
 * Nothing that others wrote reaches the terminal raw. A control character could move the cursor, change the title or
 * type an answer; a bidirectional control could make a text read as another one, and what cannot be seen could hide in a
 * name or a link. All are shown in place of acting.
 */

// deno-lint-ignore no-control-regex -- replacing control characters is what this is for
const controls = /[\u0000-\u001f\u007f-\u009f]/g;

/** Line separators, and what has no look of its own (Unicode Standard Annex #44), bidirectional controls among it. */
const invisible = /[\u2028\u2029\ufff9-\ufffb]|\p{Default_Ignorable_Code_Point}/gu;

/** Choose how the character before them looks, as that it is a picture. */
const isSelector = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;

/** Join, or keep apart, what is written joined in some scripts and pictures; beside anything else they could only hide. */
const isJoiner = /[\u200c\u200d]/;

/** What may stand beside a joiner. */
// deno-lint-ignore no-control-regex -- leaving ASCII out is what this is for
const isJoined = /[^\u0000-\u007f\p{Default_Ignorable_Code_Point}]|[\ufe00-\ufe0f]/u;

/** Makes a picture of a digit and the selector behind it. */
const keycap = "\u20e3";

const tab = "    ";

/** A text of others as lines that are safe to print. There is at least one. */
export function safeLines(text: string): readonly string[] {
  return text.split("\n").map(safeText);
}

/** A text of others as one line that is safe to print. */
export function safeText(text: string): string {
  return text.toWellFormed().replaceAll("\t", tab).replace(controls, picture).replace(invisible, seen);
}

/** Unicode has a picture of each C0 control and of DEL, but none of the C1 controls. */
function picture(control: string): string {
  const code = control.charCodeAt(0);
  if (code === 0x7f) return "\u2421";
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : codePoint(control);
}

/** What belongs to the character before it stays; everything else is named. */
function seen(character: string, at: number, text: string): string {
  const isAttached = isJoined.test(text[at - 1] ?? "");
  const stays = isSelector.test(character)
    ? isAttached || text[at + 1] === keycap
    : isJoiner.test(character) && isAttached && isJoined.test(text[at + 1] ?? "");
  return stays ? character : codePoint(character);
}

function codePoint(character: string): string {
  return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`;
}
