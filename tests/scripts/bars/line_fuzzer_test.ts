import assert from "node:assert/strict";
import { LineFuzzer } from "../../../scripts/bars/line_fuzzer.ts";
import { decodeRequest, Refusal } from "../../../shared/protocol/mod.ts";
import { fromSeed } from "../../kit/seed.ts";
import { seededChance } from "../../kit/world.ts";

Deno.test("a fuzzed line is one line, is mostly refused, and never anything but decoded or refused", () => {
  const fuzzer = new LineFuzzer(seededChance(fromSeed().seed).fraction);
  let refused = 0;
  for (let count = 0; count < 500; count++) {
    const line = fuzzer.next();
    assert.equal(line.indexOf(0x0a), line.length - 1);
    try {
      decodeRequest(line.subarray(0, -1));
    } catch (error) {
      assert.ok(error instanceof Refusal, String(error));
      refused++;
    }
  }
  assert.ok(refused > 250);
});

Deno.test("the same chance gives the same lines", () => {
  const [one, other] = [new LineFuzzer(seededChance(7).fraction), new LineFuzzer(seededChance(7).fraction)];
  for (let count = 0; count < 50; count++) assert.deepEqual(one.next(), other.next());
});
