import assert from "node:assert/strict";
import { makeStamp, StampReader } from "../../../scripts/load/stamp.ts";

const text = `{"text":"${makeStamp(0, 0)} a ^ b"}\n^^${makeStamp(7, 1_234_567)}${makeStamp(999, 42)}x^`;
const expected = [[0, 0], [7, 1_234_567], [999, 42]];

Deno.test("stamps are found among other bytes, carets too", () => {
  assert.deepEqual(foundIn([text]), expected);
});

Deno.test("a stamp is found wherever its bytes are cut into two chunks", () => {
  for (let cut = 0; cut <= text.length; cut++) {
    assert.deepEqual(foundIn([text.slice(0, cut), text.slice(cut)]), expected, `cut at ${cut}`);
  }
});

Deno.test("a stamp is found byte by byte", () => {
  assert.deepEqual(foundIn([...text]), expected);
});

function foundIn(chunks: readonly string[]): number[][] {
  const found: number[][] = [];
  const reader = new StampReader((stream, place) => found.push([stream, place]));
  for (const chunk of chunks) reader.read(new TextEncoder().encode(chunk));
  return found;
}
