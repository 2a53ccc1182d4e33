/** GIF (version 89a): kept are the pictures, and how often they are repeated. */
import type { ByteSource } from "./byte_source.ts";
import type { Picture } from "./picture.ts";
import type { Kept } from "./stripper.ts";

const headerBytes = 13;
const image = 0x2c, extension = 0x21, trailer = 0x3b;
const control = 0xf9, application = 0xff;

/** Applications whose blocks say how often the pictures are repeated. */
const repeating: readonly string[] = ["NETSCAPE2.0", "ANIMEXTS1.0"];

/** What follows the end, or a block that is none, is left out. */
export async function stripGif(source: ByteSource, kept: Kept): Promise<Picture | undefined> {
  const header = await source.take(headerBytes);
  if (header.length < headerBytes) return undefined;
  await kept.write(header);
  await copyColors(source, kept, header[10]);
  while (await copyBlock(source, kept)) { /* one after the other */ }
  await kept.write(Uint8Array.of(trailer));
  const view = new DataView(header.buffer, header.byteOffset);
  return { format: "gif", width: view.getUint16(6, true), height: view.getUint16(8, true), orientation: 1 };
}

/** False at the end. */
async function copyBlock(source: ByteSource, kept: Kept): Promise<boolean> {
  const kind = await source.byte();
  if (kind === image) {
    const place = await source.take(9);
    await kept.write(Uint8Array.of(image, ...place));
    await copyColors(source, kept, place[8]);
    await kept.write(await source.take(1));
    return await copyParts(source, kept);
  }
  return kind === extension && await copyExtension(source, kept);
}

async function copyExtension(source: ByteSource, kept: Kept): Promise<boolean> {
  const label = await source.byte();
  const first = await source.take((await source.byte()) ?? 0);
  const name = String.fromCharCode(...first);
  const isShown = label === control || (label === application && repeating.includes(name));
  if (isShown) await kept.write(Uint8Array.of(extension, label, first.length, ...first));
  return first.length === 0 || await copyParts(source, isShown ? kept : nothing);
}

const nothing: Kept = { write: () => Promise.resolve() };

/** A chain of parts, each behind its length, with an empty one at its end. False if that is missing. */
function copyParts(source: ByteSource, kept: Kept): Promise<boolean> {
  return source.copyChain((piece) => kept.write(piece));
}

/** A table of colours, if `flags` say that there is one. */
async function copyColors(source: ByteSource, kept: Kept, flags: number = 0): Promise<void> {
  if ((flags & 0x80) === 0) return;
  await kept.write(await source.take(3 * 2 ** ((flags & 7) + 1)));
}
