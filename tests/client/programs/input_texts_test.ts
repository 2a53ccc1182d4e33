import assert from "node:assert/strict";
import { messagesIn } from "../../../client/programs/input_texts.ts";
import { Refusal } from "../../../shared/protocol/mod.ts";

async function read(lines: boolean, ...chunks: readonly (string | readonly number[])[]): Promise<string[]> {
  const bytes = chunks.map((chunk) =>
    typeof chunk === "string" ? new TextEncoder().encode(chunk) : new Uint8Array(chunk)
  );
  return await Array.fromAsync(messagesIn(ReadableStream.from(bytes), lines));
}

Deno.test("what a program writes is one message, without the ends of its last line", async () => {
  assert.deepEqual(await read(false, "one\r\ntw", "o\n\nthree\n\n"), ["one\ntwo\n\nthree"]);
  assert.deepEqual(await read(false, "  indented"), ["  indented"]);
  assert.deepEqual(await read(false, " \n", "\n"), []);
  assert.deepEqual(await read(false), []);
});

Deno.test("or each line is one, wherever it was cut on its way", async () => {
  assert.deepEqual(await read(true, "one\n\ntw", "o\r", "\nth", "ree"), ["one", "two", "three"]);
  const bell = [...new TextEncoder().encode("caf\u00e9 \u{1F514}\nnext\n")];
  for (let cut = 0; cut <= bell.length; cut++) {
    assert.deepEqual(await read(true, bell.slice(0, cut), bell.slice(cut)), ["caf\u00e9 \u{1F514}", "next"]);
  }
});

Deno.test("what is no text, or has no end, is refused", async () => {
  const isRefusal = (cause: unknown) => cause instanceof Refusal && cause.code === "text_invalid";
  await assert.rejects(read(false, [0x66, 0xff, 0x66]), isRefusal);
  await assert.rejects(read(false, [0xc3]), isRefusal);
  await assert.rejects(read(true, "x".repeat(40_000)), isRefusal);
  const endless = ReadableStream.from((function* () {
    for (;;) yield new TextEncoder().encode("x".repeat(1_000));
  })());
  await assert.rejects(Array.fromAsync(messagesIn(endless, false)), isRefusal);
});
