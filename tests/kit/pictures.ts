/** Pictures with notes in them, as a camera and as an editor write them. */
import { encode as encodePng } from "fast-png";
import jpeg from "jpeg-js";

/** What no picture that is kept may hold. */
export const canary = "52.5163N 13.3777E Pariser Platz";

const text = (value: string) => new TextEncoder().encode(value);

/** An even colour but for its upper left quarter, which is white. */
function drawing(width: number, height: number): Uint8Array {
  const data = new Uint8Array(width * height * 4).fill(0xff);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (x >= width / 2 || y >= height / 2) data.set([0x20, 0x60, 0xa0], (y * width + x) * 4);
    }
  }
  return data;
}

export function plainJpeg(width: number, height: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(jpeg.encode({ width, height, data: drawing(width, height) }, 80).data);
}

/** With Exif (its place, and that it is to be turned), XMP, IPTC, a comment, a thumbnail, and a film behind it. */
export function notedJpeg(width: number, height: number, orientation: number): Uint8Array<ArrayBuffer> {
  const plain = plainJpeg(width, height);
  return joined(
    plain.subarray(0, 2),
    segment(0xe1, joined(text("Exif\0\0"), tiffWith(orientation), text(canary))),
    segment(0xe1, text(`http://ns.adobe.com/xap/1.0/\0<x>${canary}</x>`)),
    segment(0xed, text(`Photoshop 3.0\0${canary}`)),
    segment(0xe2, text(`MPF\0${canary}`)),
    segment(0xee, joined(text("Adobe"), Uint8Array.of(0, 100, 0, 0, 0, 0, 1), text(canary))),
    segment(0xfe, text(canary)),
    plain.subarray(2),
    text(`ftypmp42 ${canary}`),
  );
}

function segment(marker: number, content: Uint8Array): Uint8Array {
  const length = content.length + 2;
  return joined(Uint8Array.of(0xff, marker, length >> 8, length & 0xff), content);
}

/** Little-endian, as most cameras write it: a made-up tag first, then the orientation. */
function tiffWith(orientation: number): Uint8Array {
  const tiff = new Uint8Array(38);
  const view = new DataView(tiff.buffer);
  tiff.set(text("II*\0"));
  view.setUint32(4, 8, true);
  view.setUint16(8, 2, true);
  for (const [at, tag, value] of [[10, 0x0100, 7], [22, 0x0112, orientation]] as const) {
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, 3, true);
    view.setUint32(at + 4, 1, true);
    view.setUint16(at + 8, value, true);
  }
  return tiff;
}

export function plainPng(width: number, height: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(encodePng({ width, height, data: drawing(width, height), channels: 4 }));
}

/** With a text, Exif, the time, and something behind its end. */
export function notedPng(width: number, height: number): Uint8Array<ArrayBuffer> {
  const plain = plainPng(width, height);
  const headerEnd = 8 + 25;
  return joined(
    plain.subarray(0, headerEnd),
    pngChunk("tEXt", text(`Comment\0${canary}`)),
    pngChunk("eXIf", text(canary)),
    pngChunk("prVt", text(canary)),
    plain.subarray(headerEnd),
    text(canary),
  );
}

/** A chunk with a checksum that is not looked at. */
export function pngChunk(type: string, content: Uint8Array): Uint8Array {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, content.length);
  return joined(length, text(type), content, new Uint8Array(4));
}

/** One pixel, twice, with a comment and an application's note between. */
export function notedGif(): Uint8Array<ArrayBuffer> {
  const image = Uint8Array.of(0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0);
  const noted = text(canary);
  return joined(
    text("GIF89a"),
    Uint8Array.of(1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255),
    Uint8Array.of(0x21, 0xff, 11),
    text("NETSCAPE2.0"),
    Uint8Array.of(3, 1, 0, 0, 0),
    Uint8Array.of(0x21, 0xff, 11),
    text("XMP DataXMP"),
    Uint8Array.of(noted.length, ...noted, 0),
    image,
    Uint8Array.of(0x21, 0xfe, noted.length, ...noted, 0),
    image,
    Uint8Array.of(0x3b),
    noted,
  );
}

/** Chunks as WebP has them, around something that is no picture. */
export function notedWebp(): Uint8Array<ArrayBuffer> {
  const chunks = joined(
    riffChunk("VP8X", Uint8Array.of(0x2c, 0, 0, 0, 63, 0, 0, 31, 0, 0)),
    riffChunk("VP8L", randomLooking(40)),
    riffChunk("EXIF", text(canary)),
    riffChunk("XMP ", text(`${canary}.`)),
  );
  return joined(riffHead("RIFF", chunks.length + 4), text("WEBP"), chunks, text(canary));
}

function riffChunk(name: string, content: Uint8Array): Uint8Array {
  return joined(riffHead(name, content.length), content, new Uint8Array(content.length % 2));
}

function riffHead(name: string, length: number): Uint8Array {
  const head = new Uint8Array(8);
  head.set(text(name));
  new DataView(head.buffer).setUint32(4, length, true);
  return head;
}

function randomLooking(count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, at) => (at * 73 + 11) & 0xff);
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** Whether the canary stands in it. */
export function isNoted(content: Uint8Array): boolean {
  return new TextDecoder("latin1").decode(content).includes(canary);
}
