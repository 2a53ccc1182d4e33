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

Deno.test("a picture that is too large, or unpacks to more than it says, is not looked at", () => {
  assert.equal(makePreview(plainJpeg(8, 8), { ...upright, width: 30_000, height: 30_000 }), undefined);
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, 8);
  new DataView(header.buffer).setUint32(4, 8);
  header.set([8, 6], 8);
  const bomb = joined(
    plainPng(1, 1).subarray(0, 8),
    pngChunk("IHDR", header),
    pngChunk("IDAT", zlibSync(new Uint8Array(64 * 1024 * 1024))),
    pngChunk("IEND", new Uint8Array()),
  );
  const picture = { format: "png", width: 8, height: 8, orientation: 1 } as const;
  assert.throws(() => makePreview(bomb, picture), /unpacks to more/);
});
