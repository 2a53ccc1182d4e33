const quote = 0x22,
  backslash = 0x5c,
  openBracket = 0x5b,
  closeBracket = 0x5d,
  openBrace = 0x7b,
  closeBrace = 0x7d;

/** Whether arrays and objects in this JSON text are nested at most `depthMax` deep. Looks at bytes only; never parses. */
export function nestsWithin(json: Uint8Array, depthMax: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (inString) {
      if (byte === backslash) at++;
      else if (byte === quote) inString = false;
    } else if (byte === quote) inString = true;
    else if (byte === openBrace || byte === openBracket) {
      if (++depth > depthMax) return false;
    } else if (byte === closeBrace || byte === closeBracket) depth--;
  }
  return true;
}
