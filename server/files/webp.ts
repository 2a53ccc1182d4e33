/**
 * WebP (RFC 9649). What tells of the picture is blanked instead of left out, so that all sizes, which stand before it, stay
 * right.
 */
import type { ByteSource } from "./byte_source.ts";
import type { Picture } from "./picture.ts";
import type { Kept } from "./stripper.ts";

const shownChunks: ReadonlySet<string> = new Set(["VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF", "ICCP"]);

/** A chunk of a name that no reader knows is passed over by all. */
const blankName = new TextEncoder().encode("JUNK");

/** What VP8X says of notes that follow: Exif and XMP. */
const noteFlags = 0x08 | 0x04;

/** Where the sizes of the three kinds of picture stand is within so many bytes. */
const sizedBytes = 10;

export async function stripWebp(source: ByteSource, kept: Kept): Promise<Picture | undefined> {
  const lead = await source.take(12);
  if (lead.length < 12) return undefined;
  await kept.write(lead);
  let left = new DataView(lead.buffer, lead.byteOffset).getUint32(4, true) - 4;
  let size: Size | undefined;
  while (left >= 8) {
    const head = await source.take(8);
    if (head.length < 8) break;
    const name = String.fromCharCode(...head.subarray(0, 4));
    const length = new DataView(head.buffer, head.byteOffset).getUint32(4, true);
    const padded = Math.min(length + length % 2, left - 8);
    left -= 8 + padded;
    if (!shownChunks.has(name)) head.set(blankName);
    await kept.write(head);
    const first = await source.take(Math.min(padded, sizedBytes));
    size ??= sizeIn(name, first);
    if (name === "VP8X" && first[0] !== undefined) first[0] &= ~noteFlags;
    await kept.write(shownChunks.has(name) ? first : new Uint8Array(first.length));
    for await (const piece of source.pieces(padded - first.length)) {
      await kept.write(shownChunks.has(name) ? piece : new Uint8Array(piece.length));
    }
  }
  return size && { format: "webp", ...size, orientation: 1 };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function sizeIn(name: string, first: Uint8Array): Size | undefined {
  if (first.length < sizedBytes) return undefined;
  const view = new DataView(first.buffer, first.byteOffset);
  if (name === "VP8X") {
    return {
      width: (view.getUint32(4, true) & 0xffffff) + 1,
      height: (view.getUint32(6, true) >>> 8) + 1,
    };
  }
  if (name === "VP8 ") {
    return { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff };
  }
  if (name !== "VP8L") return undefined;
  const bits = view.getUint32(1, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}
