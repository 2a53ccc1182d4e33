import { wordlist } from "@scure/bip39/wordlists/english.js";
import { isPin } from "./pin.ts";

const wordCount = 6;
const bitsPerWord = 11;

/**
 * The first 66 bits of a pin as six words of the BIP39 English list, for people to compare aloud. Programs compare
 * pins: six words can be forged with enough effort. Throws `TypeError` for what is no pin.
 */
export function wordsOf(pin: string): string {
  if (!isPin(pin)) throw new TypeError("Cannot put into words: not a pin");
  const bits = bitsOf(pin);
  return Array.from({ length: wordCount }, (_, at) => wordAt(bits, at)).join(" ");
}

function bitsOf(pin: string): string {
  const bytes = Uint8Array.from(
    atob(pin.replaceAll("-", "+").replaceAll("_", "/")),
    (byte) => byte.charCodeAt(0),
  );
  return Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
}

function wordAt(bits: string, at: number): string {
  return wordlist[parseInt(bits.slice(at * bitsPerWord, (at + 1) * bitsPerWord), 2)];
}
