/**
 * The stamp in each text by which the load generator knows it again: `^`, three digits for the stream (who speaks in
 * which room), seven for the place in it, `^`. Of a fixed length, so that millions of them can be read in a second.
 */

const edge = 0x5e; // ^
const zero = 0x30;
const streamDigits = 3, placeDigits = 7;

export const stampBytes = 1 + streamDigits + placeDigits + 1;
export const streamsMax = 10 ** streamDigits;

export function makeStamp(stream: number, place: number): string {
  return `^${String(stream).padStart(streamDigits, "0")}${String(place).padStart(placeDigits, "0")}^`;
}

/** Finds the stamps in one connection's bytes and looks at nothing else. */
export class StampReader {
  readonly #found: (stream: number, place: number) => void;
  #rest: Uint8Array = new Uint8Array();

  constructor(found: (stream: number, place: number) => void) {
    this.#found = found;
  }

  read(chunk: Uint8Array): void {
    const bytes = this.#rest.length === 0 ? chunk : joined(this.#rest, chunk);
    this.#rest = new Uint8Array();
    let at = bytes.indexOf(edge);
    while (at !== -1) {
      if (at + stampBytes > bytes.length) {
        this.#rest = bytes.slice(at);
        return;
      }
      const isStamp = bytes[at + stampBytes - 1] === edge;
      if (isStamp) this.#found(numberAt(bytes, at + 1, streamDigits), numberAt(bytes, at + 4, placeDigits));
      at = bytes.indexOf(edge, at + (isStamp ? stampBytes : 1));
    }
  }
}

function numberAt(bytes: Uint8Array, from: number, digits: number): number {
  let number = 0;
  for (let at = from; at < from + digits; at++) number = number * 10 + (bytes[at] ?? 0) - zero;
  return number;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
