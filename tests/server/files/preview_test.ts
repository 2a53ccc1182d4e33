import assert from "node:assert/strict";
import { zlibSync } from "fflate";
import jpeg from "jpeg-js";
import { makePreview } from "../../../server/files/preview.ts";
import { joined, plainJpeg, plainPng, pngChunk } from "../../kit/pictures.ts";

const upright = { format: "jpeg", width: 800, height: 400, orientation: 1 } as const;

/** Where the white quarter of the drawing is: its corner, as column and row of 0 or 1. */
function whiteCorner(preview: Uint8Array): [number, number] | undefined {
  const { width, height, data } = jpeg.decode(preview);
  for (const [column, row] of [[0, 0], [1, 0], [0, 1], [1, 1]] as const) {
    const x = Math.floor(width * (column + 0.5) / 2), y = Math.floor(height * (row + 0.5) / 2);
    if ((data[(y * width + x) * 4] ?? 0) > 200) return [column, row];
  }
  return undefined;
}

Deno.test("a preview is small, and turned as the picture is to be looked at", () => {
  const content = plainJpeg(800, 400);
  const corners: readonly [number, number][] = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0], [1, 0], [1, 1], [
    0,
    1,
  ]];
  for (const [at, corner] of corners.entries()) {
    const orientation = at + 1;
    const preview = makePreview(content, { ...upright, orientation });
    assert.ok(preview !== undefined);
    const { width, height } = jpeg.decode(preview);
    assert.deepEqual([width, height], orientation < 5 ? [320, 160] : [160, 320]);
    assert.deepEqual(whiteCorner(preview), corner, `orientation ${orientation}`);
  }
});

Deno.test("a PNG has one too, and a small picture keeps its size", () => {
  const preview = makePreview(plainPng(64, 48), { format: "png", width: 64, height: 48, orientation: 1 });
  assert.ok(preview !== undefined);
  const { width, height } = jpeg.decode(preview);
  assert.deepEqual([width, height], [64, 48]);
  assert.deepEqual(whiteCorner(preview), [0, 0]);
});

Deno.test("pixels that share a byte are told apart, in colour and in grey", () => {
  for (const depth of [1, 2, 4, 8]) {
    for (
      const [kind, lead] of [[0, []], [3, [pngChunk("PLTE", Uint8Array.of(0, 0, 0, 255, 255, 255))]]] as const
    ) {
      const rowBytes = 1 + 64 * depth / 8;
      const rows = new Uint8Array(64 * rowBytes);
      // The palette's second colour, and white: in the upper left quarter.
      const white = kind === 0 ? 0xff : [0xff, 0x55, 0x11, 0x01][Math.log2(depth)] ?? 0;
      for (let y = 0; y < 32; y++) rows.fill(white, y * rowBytes + 1, y * rowBytes + (rowBytes + 1) / 2);
      const content = pngWith({ side: 64, depth, kind }, ...lead, pngChunk("IDAT", zlibSync(rows)));
      const preview = makePreview(content, { format: "png", width: 64, height: 64, orientation: 1 });
      assert.deepEqual(whiteCorner(preview ?? new Uint8Array()), [0, 0], `depth ${depth}, kind ${kind}`);
    }
  }
});

/** Where the frame of a JPEG begins. */
function findFrame(content: Uint8Array): number {
  return content.findIndex((byte, at) => byte === 0xff && content[at + 1] === 0xc0);
}

interface Header {
  readonly side: number;
  readonly depth: number;
  /** The colour type: 0 is grey, 2 in colour, 3 with a palette, 6 in colour with what shines through. */
  readonly kind: number;
}

function pngWith({ side, depth, kind }: Header, ...chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, side);
  new DataView(header.buffer).setUint32(4, side);
  header.set([depth, kind], 8);
  const signature = plainPng(1, 1).subarray(0, 8), end = pngChunk("IEND", new Uint8Array());
  return joined(signature, pngChunk("IHDR", header), ...chunks, end);
}

Deno.test("a picture that is too large, or unpacks to more than it says, is not looked at", () => {
  assert.equal(makePreview(plainJpeg(8, 8), { ...upright, width: 30_000, height: 30_000 }), undefined);
  // As large as may be, with as much colour as brightness: twice the blocks that a camera writes.
  const blocks = plainJpeg(8, 8);
  new DataView(blocks.buffer).setUint32(findFrame(blocks) + 5, 5_000 * 0x10001);
  assert.equal(makePreview(blocks, { ...upright, width: 5_000, height: 5_000 }), undefined);
  const bomb = pngWith(
    { side: 8, depth: 8, kind: 6 },
    pngChunk("IDAT", zlibSync(new Uint8Array(64 * 1024 * 1024))),
  );
  const picture = { format: "png", width: 8, height: 8, orientation: 1 } as const;
  assert.throws(() => makePreview(bomb, picture), /unpacks to more/);
});

Deno.test("of a PNG nothing is unpacked or kept but its pixels, whatever else is in it", () => {
  const pixels = pngChunk("IDAT", zlibSync(Uint8Array.of(0, 0x20, 0x60, 0xa0)));
  const picture = { format: "png", width: 1, height: 1, orientation: 1 } as const;
  const plain = makePreview(pngWith({ side: 1, depth: 8, kind: 2 }, pixels), picture);
  // Each of these would end in an error if it were read.
  const others = [
    pngChunk("iCCP", joined(new TextEncoder().encode("x\0\0"), Uint8Array.of(1, 2, 3))),
    pngChunk("PLTE", new Uint8Array(3 * 257 + 1)),
    pngChunk("tRNS", new Uint8Array(257)),
    pngChunk("IHDR", new Uint8Array(13)),
  ];
  assert.deepEqual(makePreview(pngWith({ side: 1, depth: 8, kind: 2 }, ...others, pixels), picture), plain);
});
