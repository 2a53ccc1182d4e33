/**
 * The parts of a PNG of which its pixels are drawn (ISO/IEC 15948, third edition). A reader that is handed the whole unpacks
 * and keeps all else in it too, and what was made to do harm takes so much memory that the server ends.
 */
export interface DrawnPng {
  /** Its header, and its palette and what shines through if it has them: whole chunks. */
  readonly lead: readonly Uint8Array[];
  /** The pixels as they are packed (RFC 1950). */
  readonly packed: Uint8Array;
}

/** The chunks before the pixels, and how long the longest of each may be. Only the first of a kind counts. */
const leadBytesMax: ReadonlyMap<string, number> = new Map([["IHDR", 13], ["PLTE", 3 * 256], ["tRNS", 256]]);

const signatureBytes = 8, wrapBytes = 12;

/** Pixels are handed over in pieces of so many bytes. */
export const packedPieceBytes: number = 64 * 1024;

export function drawnOf(content: Uint8Array): DrawnPng {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const lead = new Map<string, Uint8Array>();
  const packed = new Uint8Array(content.length);
  let packedBytes = 0;
  for (let at = signatureBytes; at + wrapBytes <= content.length;) {
    const length = view.getUint32(at), end = at + wrapBytes + length;
    const type = String.fromCharCode(...content.subarray(at + 4, at + 8));
    if (type === "IDAT") {
      const piece = content.subarray(at + 8, at + 8 + length);
      packed.set(piece, packedBytes);
      packedBytes += piece.length;
    } else if (!lead.has(type) && length <= (leadBytesMax.get(type) ?? -1)) {
      lead.set(type, content.subarray(at, end));
    } else if (type === "IEND") break;
    at = end;
  }
  return { lead: [...lead.values()], packed: packed.subarray(0, packedBytes) };
}

/** A PNG of these parts and of nothing else; its checksums are not to be looked at. */
export function pngOf(content: Uint8Array, { lead, packed }: DrawnPng): Uint8Array {
  const pieces = Math.ceil(packed.length / packedPieceBytes);
  const leadBytes = lead.reduce((sum, { length }) => sum + length, signatureBytes);
  const png = new Uint8Array(leadBytes + packed.length + (pieces + 1) * wrapBytes);
  let at = 0;
  for (const part of [content.subarray(0, signatureBytes), ...lead]) {
    png.set(part, at);
    at += part.length;
  }
  for (let from = 0; from < packed.length; from += packedPieceBytes) {
    at = addChunk(png, at, "IDAT", packed.subarray(from, from + packedPieceBytes));
  }
  addChunk(png, at, "IEND", new Uint8Array());
  return png;
}

/** Returns where the next one begins. */
function addChunk(png: Uint8Array, at: number, type: string, content: Uint8Array): number {
  new DataView(png.buffer).setUint32(at, content.length);
  png.set(new TextEncoder().encode(type), at + 4);
  png.set(content, at + 8);
  return at + wrapBytes + content.length;
}
