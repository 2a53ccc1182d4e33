/** The one thing of Exif that a picture cannot do without: how it is to be turned (Exif 2.32, TIFF 6.0). */

const orientationTag = 0x0112;
const short = 3;

/** From 1 to 8; 1, as it is stored, where nothing else is said. `tiff` is what stands in an Exif segment. */
export function orientationIn(tiff: Uint8Array): number {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  try {
    const isLittle = view.getUint16(0) === 0x4949;
    const first = view.getUint32(4, isLittle);
    const count = view.getUint16(first, isLittle);
    for (let at = first + 2; at < first + 2 + count * 12; at += 12) {
      if (view.getUint16(at, isLittle) !== orientationTag) continue;
      const orientation = view.getUint16(at + 8, isLittle);
      return orientation >= 1 && orientation <= 8 ? orientation : 1;
    }
  } catch (error) {
    // It points to where nothing is.
    if (!(error instanceof RangeError)) throw error;
  }
  return 1;
}

/** TIFF that says this alone. */
export function orientationNote(orientation: number): Uint8Array {
  const bytes = new Uint8Array(26);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x4d4d002a);
  view.setUint32(4, 8);
  view.setUint16(8, 1);
  view.setUint16(10, orientationTag);
  view.setUint16(12, short);
  view.setUint32(14, 1);
  view.setUint16(18, orientation);
  return bytes;
}
