/** Makes a small picture of a picture, which may have been made to do harm: what would take too much is not looked at. */
import { decode as decodePng } from "fast-png";
import { Inflate } from "fflate";
import jpeg from "jpeg-js";
import { limits } from "../../shared/protocol/mod.ts";
import type { Picture } from "./picture.ts";
import { type Pixels, scaleDown, turn } from "./pixels.ts";

/** A larger picture gets no preview, in pixels. */
export const previewPixelsMax = 25_000_000;

const jpegMemoryMib = 320;

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
  if (format === "jpeg") return jpegPixels(content);
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
  refuseBomb(content, width, height);
  const { data, channels, depth, palette } = decodePng(content);
  const pixels = palette === undefined
    ? blend(data, channels, 255 / (2 ** depth - 1))
    : Uint8Array.from({ length: data.length * 3 }, (_, at) =>
      palette[data[Math.floor(at / 3)] ?? 0]?.[at % 3] ?? 0);
  return { width, height, data: pixels };
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

/** What is packed must not unpack to more than the picture's size says: at most eight bytes a pixel, and one a row. */
function refuseBomb(content: Uint8Array, width: number, height: number): void {
  const most = height * (width * 8 + 1) + passesSlack * (width + height);
  let unpacked = 0;
  const inflate = new Inflate((piece) => {
    unpacked += piece.length;
    if (unpacked > most) throw new RangeError("the picture unpacks to more than its size says");
  });
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  // RFC 1950: two bytes before what is packed are none of it.
  let skipped = 2;
  for (let at = 8; at + 8 <= content.length;) {
    const length = view.getUint32(at), type = String.fromCharCode(...content.subarray(at + 4, at + 8));
    if (type === "IDAT") {
      const packed = content.subarray(at + 8 + skipped, at + 8 + length);
      skipped = Math.max(0, skipped - length);
      for (let from = 0; from < packed.length; from += pieceBytes) {
        inflate.push(packed.subarray(from, from + pieceBytes));
      }
    }
    at += 12 + length;
  }
}

/** Interlaced pictures have seven passes with rows of their own. */
const passesSlack = 16;

/** So much unpacks to at most a thousand times as much before that is noticed. */
const pieceBytes = 64 * 1024;
