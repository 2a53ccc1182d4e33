import assert from "node:assert/strict";
import { permissionFlags } from "../../../scripts/build/permission_flags.ts";

Deno.test("the executable may do what the permission set chat allows", () => {
  const denoJson = `{ "permissions": { "chat": { "net": true, "env": ["A", "B"] } } }`;
  assert.deepEqual(permissionFlags(denoJson), ["--allow-net", "--allow-env=A,B"]);
});

Deno.test("a deno.json without a permission set chat is refused", () => {
  assert.throws(
    () => permissionFlags(`{ "tasks": { "chat": "deno run -A main.ts" } }`),
    /no permission set "chat"/,
  );
});
