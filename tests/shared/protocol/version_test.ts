import assert from "node:assert/strict";
import { version } from "../../../shared/protocol/mod.ts";
import denoJson from "../../../deno.json" with { type: "json" };

Deno.test("the version in the program is that of deno.json", () => {
  assert.equal(version, denoJson.version);
});
