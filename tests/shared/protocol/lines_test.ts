import assert from "node:assert/strict";
import fc from "fast-check";
import { limits, LineSplitter } from "../../../shared/protocol/mod.ts";
import { fromSeed } from "../../kit/seed.ts";
import { refusalOf } from "../../kit/refusals.ts";

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function latin1(line: Uint8Array): string {
  return Array.from(line, (byte) => String.fromCharCode(byte)).join("");
}

/** The lines that come out of these chunks, each copied before the next is asked for. */
function split(chunks: readonly Uint8Array[], bytesMax: number = 1_000): string[] {
  const splitter = new LineSplitter(bytesMax);
  const lines: string[] = [];
  for (const chunk of chunks) {
    for (const line of splitter.split(chunk)) lines.push(new TextDecoder().decode(line));
  }
  return lines;
}

const talk = bytes('{"a":1}\n\n{"text":"häß 😀"}\r\n{"b":2}\nrest');
const talkLines = ['{"a":1}', "", '{"text":"häß 😀"}\r', '{"b":2}'];

Deno.test("a stream is split at each newline, and what has no end yet is kept", () => {
  assert.deepEqual(split([talk]), talkLines);
});

Deno.test("a stream that comes one byte at a time has the same lines", () => {
  assert.deepEqual(split([...talk].map((byte) => Uint8Array.of(byte))), talkLines);
});

Deno.test("a stream that is cut anywhere, once or twice, has the same lines", () => {
  for (let first = 0; first <= talk.length; first++) {
    for (let second = first; second <= talk.length; second++) {
      const chunks = [talk.subarray(0, first), talk.subarray(first, second), talk.subarray(second)];
      assert.deepEqual(split(chunks), talkLines);
    }
  }
});

Deno.test("any bytes in any chunks are split as by their newlines", () => {
  const chunk = fc.uint8Array({ maxLength: 40 }).map((raw) => raw.map((byte) => byte < 60 ? 0x0a : byte));
  fc.assert(
    fc.property(fc.array(chunk, { maxLength: 30 }), (chunks) => {
      const whole = Uint8Array.from(chunks.flatMap((each) => [...each]));
      const expected = latin1(whole).split("\n").slice(0, -1);
      const splitter = new LineSplitter(10_000);
      const found: string[] = [];
      for (const each of chunks) {
        for (const line of splitter.split(each)) found.push(latin1(line));
      }
      assert.deepEqual(found, expected);
    }),
    fromSeed(),
  );
});

for (const bytesMax of [limits.strangerLineBytes, limits.memberLineBytes]) {
  Deno.test(`a line of exactly ${bytesMax} bytes passes, in one piece and in many`, () => {
    const line = bytes("x".repeat(bytesMax) + "\n");
    assert.equal(split([line], bytesMax)[0]?.length, bytesMax);
    const pieces = [line.subarray(0, 4_096), line.subarray(4_096, bytesMax), line.subarray(bytesMax)];
    assert.equal(split(pieces, bytesMax)[0]?.length, bytesMax);
  });

  Deno.test(`a line of one byte more than ${bytesMax} is refused and closes, before its end has come`, () => {
    const line = bytes("x".repeat(bytesMax + 1));
    for (
      const chunks of [[line], [line.subarray(0, bytesMax), line.subarray(bytesMax)], [bytes("y\n"), line]]
    ) {
      const refusal = refusalOf(() => split(chunks, bytesMax));
      assert.equal(refusal.code, "line_too_long");
      assert.equal(refusal.closes, true);
    }
  });
}

Deno.test("a new limit holds from the next line on, within one chunk", () => {
  const splitter = new LineSplitter(3);
  const seen: number[] = [];
  for (const line of splitter.split(bytes("123\n123456\n"))) {
    seen.push(line.length);
    splitter.allow(6);
  }
  assert.deepEqual(seen, [3, 6]);
});
