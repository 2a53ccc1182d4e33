/** What the frame of a JPEG tells of how much work its pixels are (ITU-T T.81, B.2.2). */

const startOfScan = 0xda;

/** The frames that pixels are made of here: C0 to C2. */
const firstFrame = 0xc0, lastFrame = 0xc2;

/** How many blocks of 8 by 8 samples it has, of all its components; Infinity where that cannot be told. */
export function blocksIn(content: Uint8Array): number {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  for (let at = 2; at + 10 <= content.length && content[at] === 0xff;) {
    const marker = content[at + 1] ?? startOfScan;
    if (marker === startOfScan) break;
    if (marker >= firstFrame && marker <= lastFrame) return blocksOfFrame(content.subarray(at + 4));
    at += 2 + view.getUint16(at + 2);
  }
  return Infinity;
}

function blocksOfFrame(frame: Uint8Array): number {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const height = view.getUint16(1), width = view.getUint16(3), components = frame[5] ?? 0;
  const factors = Array.from({ length: components }, (_, at) => frame[7 + 3 * at] ?? 0)
    .map((factor) => ({ across: factor >> 4, down: factor & 15 }));
  const across = Math.max(...factors.map((each) => each.across));
  const down = Math.max(...factors.map((each) => each.down));
  const units = Math.ceil(width / 8 / across) * Math.ceil(height / 8 / down);
  return factors.reduce((sum, each) => sum + units * each.across * each.down, 0);
}
