import assert from "node:assert/strict";
import { blocksIn } from "../../../server/files/jpeg_frame.ts";
import { plainJpeg } from "../../kit/pictures.ts";

Deno.test("the blocks of a JPEG are counted as its components are sampled", () => {
  assert.equal(blocksIn(plainJpeg(16, 16)), 3 * 4);
  assert.equal(blocksIn(plainJpeg(17, 8)), 3 * 3);
  const frame = (...factors: readonly number[]) =>
    Uint8Array.of(
      ...[0xff, 0xd8, 0xff, 0xc2, 0, 8 + 3 * factors.length, 8, 0, 33, 0, 32, factors.length],
      ...factors.flatMap((factor, at) => [at + 1, factor, 0]),
      0xff,
      0xda,
    );
  // Half as much colour across and down: in units of 16 by 16, six blocks each.
  assert.equal(blocksIn(frame(0x22, 0x11, 0x11)), 2 * 3 * 6);
  assert.equal(blocksIn(frame(0x11)), 4 * 5);
  assert.equal(blocksIn(Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 2, 0, 0, 0, 0, 0, 0)), Infinity);
});
