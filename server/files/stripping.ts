/**
 * Takes out of pictures what the camera noted in them, such as the place, without touching a pixel. They are recognised by
 * their first bytes, whatever they are called.
 */
import { ByteSource } from "./byte_source.ts";
import { stripGif } from "./gif.ts";
import { stripJpeg } from "./jpeg.ts";
import type { Picture } from "./picture.ts";
import { stripPng } from "./png.ts";
import type { Kept, Stripper } from "./stripper.ts";
import { stripWebp } from "./webp.ts";

const leadBytes = 12;

/** What strips a content that begins so; undefined if it is no picture, or of a kind that is kept as it is. */
export function stripperFor(lead: Uint8Array): Stripper | undefined {
  const text = String.fromCharCode(...lead.subarray(0, leadBytes));
  if (text.startsWith("\xff\xd8\xff")) return stripJpeg;
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return stripPng;
  if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) return stripGif;
  return text.startsWith("RIFF") && text.endsWith("WEBP") ? stripWebp : undefined;
}

/** Strips a whole content; `rest` lets others do something. Undefined if it is no picture: then nothing that was written is to be kept. */
export async function strip(
  stripper: Stripper,
  blocks: AsyncIterable<Uint8Array>,
  kept: Kept,
  rest: () => Promise<void>,
): Promise<Picture | undefined> {
  await using source = new ByteSource(blocks, rest);
  return await stripper(source, kept);
}
