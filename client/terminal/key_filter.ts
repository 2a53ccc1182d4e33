import { limits } from "../../shared/protocol/mod.ts";

/** What a person did at the keyboard, as far as it does not concern the editing of a line. */
export type Input =
  | { readonly kind: "keys"; readonly text: string }
  | { readonly kind: "paste"; readonly text: string }
  | { readonly kind: KeyKind };

/** Keys that are not for the line: Tab, Alt-Enter, Enter, Ctrl-C and Ctrl-D. */
export type KeyKind = "tab" | "newline" | "enter" | "interrupt" | "end";

/** Asks the terminal to mark what is pasted (xterm's mode 2004), and not to. */
export const markPastes = "\x1b[?2004h";
export const markPastesNoMore = "\x1b[?2004l";

const pasteStart = "\x1b[200~";
const pasteEnd = "\x1b[201~";
// deno-lint-ignore no-control-regex -- these are the keys
const notForTheLine = /\x1b\[200~|[\t\x03\x04]|\x1b[\r\n]|\r\n?|\n/;

/** A paste of which more was cut off than any message may have. In UTF-16 units. */
const pasteMax = 4 * limits.textCodePoints;

/** Takes what the terminal sends apart, however it was cut into pieces on its way. */
export class KeyFilter {
  #rest = "";
  #pasted: string | undefined;

  push(chunk: string): readonly Input[] {
    const inputs: Input[] = [];
    if (chunk === "\x03") this.#pasted = undefined;
    this.#rest += chunk;
    while (this.#pasted === undefined ? this.#takeKeys(inputs) : this.#takePaste(inputs));
    return inputs;
  }

  /** Takes keys up to the next one that is not for the line. False if no more can be told apart now. */
  #takeKeys(inputs: Input[]): boolean {
    const text = this.#rest;
    const found = notForTheLine.exec(text);
    const end = found?.index ?? text.length - beginningLength(text, pasteStart, 2);
    if (end > 0) inputs.push({ kind: "keys", text: text.slice(0, end) });
    this.#rest = text.slice(end + (found?.[0].length ?? 0));
    if (found === null) return false;
    if (found[0] === pasteStart) this.#pasted = "";
    else inputs.push({ kind: kinds.get(found[0]) ?? "enter" });
    return true;
  }

  #takePaste(inputs: Input[]): boolean {
    const end = this.#rest.indexOf(pasteEnd);
    const length = end < 0 ? this.#rest.length - beginningLength(this.#rest, pasteEnd, 1) : end;
    const pasted = ((this.#pasted ?? "") + this.#rest.slice(0, length)).slice(0, pasteMax);
    this.#pasted = end < 0 ? pasted : undefined;
    this.#rest = this.#rest.slice(end < 0 ? length : end + pasteEnd.length);
    if (end >= 0) inputs.push({ kind: "paste", text: cleaned(pasted) });
    return end >= 0;
  }
}

const kinds: ReadonlyMap<string, KeyKind> = new Map([
  ["\t", "tab"],
  ["\x03", "interrupt"],
  ["\x04", "end"],
  ["\x1b\r", "newline"],
  ["\x1b\n", "newline"],
]);

/** How many characters at the end of `text` may be the beginning of `marker`: 0, or at least `atLeast`. */
function beginningLength(text: string, marker: string, atLeast: number): number {
  for (let length = Math.min(text.length, marker.length - 1); length >= atLeast; length--) {
    if (text.endsWith(marker.slice(0, length))) return length;
  }
  return 0;
}

/** Only newlines and tabs are left of the control characters, and no empty lines at the end. */
function cleaned(text: string): string {
  // deno-lint-ignore no-control-regex -- removing control characters is what this is for
  return text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "").trimEnd();
}
