/** PNG (ISO/IEC 15948, third edition): kept are the chunks by which the pixels are drawn. */
import type { ByteSource } from "./byte_source.ts";
import type { Picture } from "./picture.ts";
import type { Kept } from "./stripper.ts";

/** All others that may be left out tell of the picture instead of drawing it, or are of no standard. */
const shownChunks: ReadonlySet<string> = new Set([
  ...["IHDR", "PLTE", "IDAT", "IEND"],
  ...["tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "mDCV", "cLLI", "bKGD", "hIST", "pHYs"],
  ...["acTL", "fcTL", "fdAT"],
]);

const signatureBytes = 8, headerBytes = 13, checksumBytes = 4;

/** What follows the end of the picture, or a chunk that is none, is left out. */
export async function stripPng(source: ByteSource, kept: Kept): Promise<Picture | undefined> {
  await kept.write(await source.take(signatureBytes));
  const lead = await source.take(8 + headerBytes + checksumBytes);
  const header = chunkIn(lead);
  if (header?.type !== "IHDR" || header.length !== headerBytes) return undefined;
  if (lead.length < 8 + headerBytes + checksumBytes) return undefined;
  await kept.write(lead);
  await copyChunks(source, kept);
  const view = new DataView(lead.buffer, lead.byteOffset);
  return { format: "png", width: view.getUint32(8), height: view.getUint32(12), orientation: 1 };
}

async function copyChunks(source: ByteSource, kept: Kept): Promise<void> {
  for (;;) {
    const lead = await source.take(8);
    const chunk = chunkIn(lead);
    if (chunk === undefined) return;
    const rest = chunk.length + checksumBytes;
    if (shownChunks.has(chunk.type)) {
      await kept.write(lead);
      for await (const piece of source.pieces(rest)) await kept.write(piece);
    } else {
      await source.skip(rest);
    }
    if (chunk.type === "IEND") return;
  }
}

function chunkIn(lead: Uint8Array): { readonly type: string; readonly length: number } | undefined {
  if (lead.length < 8) return undefined;
  const length = new DataView(lead.buffer, lead.byteOffset).getUint32(0);
  const type = String.fromCharCode(...lead.subarray(4, 8));
  return length < 2 ** 31 && /^[A-Za-z]{4}$/.test(type) ? { type, length } : undefined;
}
