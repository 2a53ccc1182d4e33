/** Lines as bytes and back, for tests. */

/** A frame as its line, without the newline. A string is taken as it is. */
export function lineOf(frame: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(typeof frame === "string" ? frame : JSON.stringify(frame));
}

// deno-lint-ignore no-explicit-any -- tests look into frames of any shape
export function framesIn(bytes: Uint8Array): any[] {
  const lines = new TextDecoder().decode(bytes).split("\n");
  return lines.slice(0, -1).map((line) => JSON.parse(line));
}
