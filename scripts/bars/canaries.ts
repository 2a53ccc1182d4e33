/** Looks for secrets in files, in whatever way a program may have written them down by accident. */
import { Buffer } from "node:buffer";

/** Secrets by what they are: texts, or the bytes that a text stands for. */
export type Canaries = ReadonlyMap<string, string | Uint8Array>;

/** A secret that was found, and where. */
export interface Find {
  readonly what: string;
  readonly where: string;
}

/** Every secret that is in one of the files below `directory`, as it is, in base64 or in hexadecimal digits. */
export function canariesIn(directory: string, canaries: Canaries): readonly Find[] {
  return filesBelow(directory).flatMap((path) => canariesInBytes(path, Deno.readFileSync(path), canaries));
}

export function canariesInBytes(where: string, bytes: Uint8Array, canaries: Canaries): readonly Find[] {
  const haystack = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const folded = haystack.toString("latin1").toLowerCase();
  return [...canaries]
    .filter(([, secret]) => isIn(secret, haystack, folded))
    .map(([what]) => ({ what, where }));
}

export function filesBelow(directory: string): string[] {
  return [...Deno.readDirSync(directory)].flatMap(({ name, isDirectory, isFile }) => {
    const path = `${directory}/${name}`;
    if (isDirectory) return filesBelow(path);
    return isFile ? [path] : [];
  });
}

function isIn(secret: string | Uint8Array, haystack: Buffer, folded: string): boolean {
  const plain = Buffer.from(secret);
  if (haystack.includes(plain) || folded.includes(plain.toString("hex"))) return true;
  if (typeof secret === "string" && haystack.includes(Buffer.from(secret, "utf16le"))) return true;
  return inBase64(plain).some((form) => haystack.includes(form) || haystack.includes(toUrlForm(form)));
}

/** The part of its base64 that is the same whatever stands before and after it, for each way it may be aligned. */
function inBase64(plain: Buffer): string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), plain]).toString("base64");
    const start = Math.ceil(before * 8 / 6), end = Math.floor((before + plain.length) * 8 / 6);
    return text.slice(start, end);
  });
}

function toUrlForm(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}
