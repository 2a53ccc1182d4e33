import assert from "node:assert/strict";
import { TextOutput } from "../../../client/terminal/text_output.ts";

Deno.test("what is written in one turn leaves in one piece, and in order", async () => {
  const pieces: string[] = [];
  const output = new TextOutput({
    write: (bytes) => {
      pieces.push(new TextDecoder().decode(bytes));
      return Promise.resolve(bytes.length);
    },
  });
  output.write("one ");
  output.write("two ");
  await output.drained();
  output.write("three");
  await output.drained();
  assert.deepEqual(pieces, ["one two ", "three"]);
});

Deno.test("a sink that takes little at a time gets all in the end", async () => {
  let taken = "";
  const output = new TextOutput({
    write: (bytes) => {
      taken += new TextDecoder().decode(bytes.subarray(0, 3));
      return Promise.resolve(Math.min(3, bytes.length));
    },
  });
  output.write("a longer text");
  await output.drained();
  assert.equal(taken, "a longer text");
});

Deno.test("a reader that has gone is told once, and writing goes on without harm", async () => {
  const output = new TextOutput({ write: () => Promise.reject(new Deno.errors.BrokenPipe()) });
  output.write("nobody reads this");
  await output.broken;
  output.write("nor this");
  await output.drained();
});
