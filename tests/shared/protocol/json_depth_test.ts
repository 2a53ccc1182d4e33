import assert from "node:assert/strict";
import fc from "fast-check";
import { nestsWithin } from "../../../shared/protocol/json_depth.ts";
import { lineOf } from "../../kit/lines.ts";
import { fromSeed } from "../../kit/seed.ts";

Deno.test("arrays and objects count alike towards the depth", () => {
  for (const [open, close] of [["[", "]"], ['{"a":', "}"]] as const) {
    const nested = (depth: number) => lineOf(open.repeat(depth) + "1" + close.repeat(depth));
    assert.equal(nestsWithin(nested(16), 16), true);
    assert.equal(nestsWithin(nested(17), 16), false);
  }
});

Deno.test("brackets within strings do not count, whatever is escaped there", () => {
  for (const inside of ["[".repeat(100), '\\"' + "{".repeat(100), "\\\\", '\\\\\\"' + "[".repeat(99)]) {
    assert.equal(nestsWithin(lineOf(`{"a":"${inside}"}`), 1), true, inside);
    assert.equal(nestsWithin(lineOf(`{"a":"${inside}","b":[]}`), 1), false, inside);
  }
});

Deno.test("a million brackets are refused without being parsed", () => {
  assert.equal(nestsWithin(lineOf("[".repeat(1_000_000)), 16), false);
});

Deno.test("the depth found by the scan is that of the parsed value", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      const depth = depthOf(value);
      const line = lineOf(JSON.stringify(value));
      assert.equal(nestsWithin(line, depth), true);
      assert.equal(depth === 0 || !nestsWithin(line, depth - 1), true);
    }),
    fromSeed(),
  );
});

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
