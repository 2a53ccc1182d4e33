/** JPEG (ITU-T T.81): kept are the segments by which the pixels are drawn, and how the picture is to be turned. */
import type { ByteSource } from "./byte_source.ts";
import { orientationIn, orientationNote } from "./orientation.ts";
import type { Picture } from "./picture.ts";
import type { Kept } from "./stripper.ts";

const startOfImage = 0xd8, endOfImage = 0xd9, startOfScan = 0xda;
const jfif = 0xe0, exif = 0xe1, icc = 0xe2, adobe = 0xee;

/** The beginning of a JFIF segment: before a small picture. */
const jfifBytes = 14;

/** An Adobe segment, which says how colours are stored: nothing is to follow in it. */
const adobeBytes = 12;

/**
 * What comes before the first scan must be as the standard says: what only begins like a JPEG is none. From there on damage
 * is borne, as viewers do, and what follows the end of the picture is left out: other pictures, and films.
 */
export async function stripJpeg(source: ByteSource, kept: Kept): Promise<Picture | undefined> {
  const jpeg = new Jpeg(source, kept);
  return await jpeg.strip() ? jpeg.picture : undefined;
}

class Jpeg {
  readonly #source: ByteSource;
  readonly #kept: Kept;
  #width = 0;
  #height = 0;
  #orientation: number | undefined;
  #isScanned = false;

  constructor(source: ByteSource, kept: Kept) {
    this.#source = source;
    this.#kept = kept;
  }

  get picture(): Picture {
    return {
      format: "jpeg",
      width: this.#width,
      height: this.#height,
      orientation: this.#orientation ?? 1,
    };
  }

  /** False if this is no JPEG. */
  async strip(): Promise<boolean> {
    await this.#kept.write(await this.#source.take(2));
    for (let marker = await this.#marker(); marker !== undefined;) {
      if (marker === endOfImage) {
        await this.#kept.write(Uint8Array.of(0xff, endOfImage));
        break;
      }
      if (!await this.#segment(marker)) break;
      marker = marker === startOfScan ? await this.#scan() : await this.#marker();
    }
    return this.#isScanned;
  }

  /** The next marker; undefined at the end, or where there should be one before the first scan and is none. */
  async #marker(): Promise<number | undefined> {
    for (;;) {
      if (this.#isScanned) { for await (const _ of this.#source.before(0xff)) { /* damage */ } }
      if (await this.#source.byte() !== 0xff) return undefined;
      const marker = await this.#afterFill();
      if (marker !== 0 || !this.#isScanned) return marker;
    }
  }

  async #afterFill(): Promise<number | undefined> {
    await this.#source.skipEach(0xff);
    return await this.#source.byte();
  }

  /** False where it is none, and nothing can follow. */
  async #segment(marker: number): Promise<boolean> {
    if (marker === startOfImage || marker === 1 || isRestart(marker)) return this.#isScanned;
    const [high, low] = await this.#source.take(2);
    if (high === undefined || low === undefined) return false;
    const length = high * 256 + low - 2;
    if (marker === 0 || length < 0) return false;
    const content = await this.#source.take(length);
    if (content.length < length) return false;
    const shown = this.#shownPart(marker, content);
    if (marker === startOfScan) this.#isScanned ||= this.#width > 0;
    if (shown !== undefined) await this.#write(marker, shown);
    return marker !== startOfScan || this.#isScanned;
  }

  /** A picture has one frame: others would make readers take room for each. */
  #firstFrame(content: Uint8Array): Uint8Array | undefined {
    if (this.#width > 0 || content.length < 5) return undefined;
    const view = new DataView(content.buffer, content.byteOffset);
    this.#height = view.getUint16(1);
    this.#width = view.getUint16(3);
    return content;
  }

  /** What is kept of a segment. */
  #shownPart(marker: number, content: Uint8Array): Uint8Array | undefined {
    if (marker === jfif) return beginsWith(content, "JFIF\0") ? withoutThumbnail(content) : undefined;
    if (marker === icc) return beginsWith(content, "ICC_PROFILE\0") ? content : undefined;
    if (marker === adobe) return beginsWith(content, "Adobe") ? content.subarray(0, adobeBytes) : undefined;
    if (marker === exif) return this.#orientationOnly(content);
    if (isFrame(marker)) return this.#firstFrame(content);
    return isDrawing(marker) ? content : undefined;
  }

  #orientationOnly(content: Uint8Array): Uint8Array | undefined {
    if (this.#orientation !== undefined || !beginsWith(content, "Exif\0\0")) return undefined;
    this.#orientation = orientationIn(content.subarray(6));
    if (this.#orientation === 1) return undefined;
    return Uint8Array.of(...content.subarray(0, 6), ...orientationNote(this.#orientation));
  }

  async #write(marker: number, content: Uint8Array): Promise<void> {
    const length = content.length + 2;
    await this.#kept.write(Uint8Array.of(0xff, marker, length >> 8, length & 0xff));
    await this.#kept.write(content);
  }

  /** Copies what is drawn up to the next marker, and returns that. */
  async #scan(): Promise<number | undefined> {
    for (;;) {
      for await (const piece of this.#source.beforeMarker(endsScan)) await this.#kept.write(piece);
      if (await this.#source.byte() === undefined) return undefined;
      const next = await this.#afterFill();
      if (next === undefined || endsScan(next)) return next;
      await this.#kept.write(Uint8Array.of(0xff, next));
    }
  }
}

/** Whether 0xff before it is a marker that is not one of those within a scan. */
function endsScan(byte: number): boolean {
  return byte !== 0 && !isRestart(byte);
}

/** Markers that stand alone among what is drawn. */
function isRestart(marker: number): boolean {
  return marker >= 0xd0 && marker <= 0xd7;
}

/** The start of a frame, which has the picture's size. */
function isFrame(marker: number): boolean {
  return isDrawing(marker) && marker < 0xd0 && marker !== 0xc4 && marker !== 0xcc;
}

/** Frames, tables, and the start of scans. */
function isDrawing(marker: number): boolean {
  return (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8) || (marker >= startOfScan && marker <= 0xdf);
}

function withoutThumbnail(content: Uint8Array): Uint8Array | undefined {
  if (content.length < jfifBytes) return undefined;
  const kept = content.slice(0, jfifBytes);
  kept.fill(0, jfifBytes - 2);
  return kept;
}

function beginsWith(content: Uint8Array, text: string): boolean {
  return String.fromCharCode(...content.subarray(0, text.length)) === text;
}
