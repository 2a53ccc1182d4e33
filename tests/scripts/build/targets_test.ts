import assert from "node:assert/strict";
import { executableOf, sbomFileOf, unknownTargets } from "../../../scripts/build/targets.ts";

Deno.test("an executable is named for its target, with the ending that Windows needs", () => {
  assert.equal(executableOf("aarch64-apple-darwin"), "chat-aarch64-apple-darwin");
  assert.equal(executableOf("x86_64-pc-windows-msvc"), "chat-x86_64-pc-windows-msvc.exe");
  assert.match(executableOf(undefined), /^chat(?:\.exe)?$/);
});

Deno.test("what an executable is made of lies beside it under its name", () => {
  assert.equal(sbomFileOf("x86_64-pc-windows-msvc"), "chat-x86_64-pc-windows-msvc.cdx.json");
  assert.equal(sbomFileOf(undefined), "chat.cdx.json");
});

Deno.test("every unknown target is named, and a known one is not", () => {
  assert.deepEqual(unknownTargets(["x86_64-apple-darwin"]), []);
  assert.equal(unknownTargets(["amiga", "atari"]).length, 2);
});
