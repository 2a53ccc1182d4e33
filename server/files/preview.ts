/** Makes a small picture of a picture, which may have been made to do harm: what would take too much is not looked at. */
import { decode as decodePng } from "fast-png";
import { Inflate } from "fflate";
import jpeg from "jpeg-js";
import { limits } from "../../shared/protocol/mod.ts";
import { drawnOf, packedPieceBytes, pngOf } from "./drawn_png.ts";
import { blocksIn } from "./jpeg_frame.ts";
import type { Picture } from "./picture.ts";
import { type Pixels, scaleDown, turn } from "./pixels.ts";

/** A larger picture gets no preview, in pixels. */
export const previewPixelsMax = 25_000_000;

const jpegMemoryMib = 320;

/**
 * A JPEG of more blocks gets none: each takes half a KiB, and what a thread cannot have ends the whole server. It is
 * enough for the most pixels with half as much colour as brightness across and down, as cameras write them.
 */
const jpegBlocksMax = 600_000;

/** Of 100: small, and good enough to tell what it shows. */
const quality = 70;

/** A JPEG without any notes; undefined where the picture is too large, or of a format of which none are made. Throws where it is damaged. */
export function makePreview(content: Uint8Array, picture: Picture): Uint8Array | undefined {
  const pixels = pixelsOf(content, picture);
  if (pixels === undefined) return undefined;
  const { width, height, data } = turn(scaleDown(pixels, limits.previewPixels), picture.orientation);
  const rgba = new Uint8Array(width * height * 4).fill(0xff);
  for (let from = 0, to = 0; from < data.length; from += 3, to += 4) {
    rgba.set(data.subarray(from, from + 3), to);
  }
  return new Uint8Array(jpeg.encode({ width, height, data: rgba }, quality).data);
}

function pixelsOf(content: Uint8Array, { format, width, height }: Picture): Pixels | undefined {
  if (width * height > previewPixelsMax || width * height === 0) return undefined;
  if (format === "jpeg") return blocksIn(content) > jpegBlocksMax ? undefined : jpegPixels(content);
  return format === "png" ? pngPixels(content, width, height) : undefined;
}

function jpegPixels(content: Uint8Array): Pixels {
  return jpeg.decode(content, {
    useTArray: true,
    formatAsRGBA: false,
    maxResolutionInMP: previewPixelsMax / 1e6,
    maxMemoryUsageInMB: jpegMemoryMib,
  });
}

function pngPixels(content: Uint8Array, width: number, height: number): Pixels {
  const drawn = drawnOf(content);
  refuseBomb(drawn.packed, width, height);
  const { data, channels, depth, palette } = decodePng(pngOf(content, drawn));
  const samples = depth < 8 ? samplesIn(data, width, height, depth) : data;
  const pixels = palette === undefined
    ? blend(samples, channels, 255 / (2 ** depth - 1))
    : inColor(samples, palette);
  return { width, height, data: pixels };
}

/** One a byte, of rows in which several share one, the first in its highest bits. */
function samplesIn(data: ArrayLike<number>, width: number, height: number, depth: number): Uint8Array {
  const perByte = 8 / depth, rowBytes = Math.ceil(width / perByte), most = 2 ** depth - 1;
  const samples = new Uint8Array(width * height);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const byte = data[y * rowBytes + Math.floor(x / perByte)] ?? 0;
      samples[to++] = (byte >> (8 - depth * (x % perByte + 1))) & most;
    }
  }
  return samples;
}

function inColor(samples: ArrayLike<number>, palette: readonly (readonly number[])[]): Uint8Array {
  const pixels = new Uint8Array(samples.length * 3);
  for (let at = 0, to = 0; at < samples.length; at++) {
    const color = palette[samples[at] ?? 0];
    for (let part = 0; part < 3; part++) pixels[to++] = color?.[part] ?? 0;
  }
  return pixels;
}

/** What shines through stands on white. `scale` makes samples of them that go up to 255. */
function blend(data: ArrayLike<number>, channels: number, scale: number): Uint8Array {
  const count = data.length / channels;
  const colors = channels < 3 ? 1 : 3, hasAlpha = channels % 2 === 0;
  const pixels = new Uint8Array(count * 3);
  for (let at = 0, from = 0, to = 0; at < count; at++, from += channels) {
    const alpha = hasAlpha ? (data[from + channels - 1] ?? 0) * scale / 255 : 1;
    for (let color = 0; color < 3; color++) {
      const value = (data[colors === 1 ? from : from + color] ?? 0) * scale;
      pixels[to++] = value * alpha + 255 * (1 - alpha);
    }
  }
  return pixels;
}

/**
 * What is packed must not unpack to more than the picture's size says: at most eight bytes a pixel, and one a row; nor to
 * more than there is to be memory for.
 */
function refuseBomb(packed: Uint8Array, width: number, height: number): void {
  const most = Math.min(height * (width * 8 + 1) + passesSlack * (width + height), unpackedBytesMax);
  let unpacked = 0;
  const inflate = new Inflate((piece) => {
    unpacked += piece.length;
    if (unpacked > most) throw new RangeError("the picture unpacks to more than its size says");
  });
  // So much unpacks to at most a thousand times as much before that is noticed.
  for (let from = zlibLeadBytes; from < packed.length; from += packedPieceBytes) {
    inflate.push(packed.subarray(from, from + packedPieceBytes));
  }
}

/** RFC 1950: what stands before what is packed. */
const zlibLeadBytes = 2;

/** Interlaced pictures have seven passes with rows of their own. */
const passesSlack = 16;

/** Four bytes for each of the most pixels, and their rows. It is held some times over while pixels are made of it. */
const unpackedBytesMax = 128 * 1024 * 1024;
