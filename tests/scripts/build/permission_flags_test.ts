import assert from "node:assert/strict";
import { permissionFlags } from "../../../scripts/build/permission_flags.ts";

Deno.test("the executable asks for what the task chat asks for, and for nothing else", () => {
  const denoJson =
    `{ "tasks": { "chat": "deno run --allow-net --deny-run --allow-env=A,B main.ts", "x": "--allow-all" } }`;
  assert.deepEqual(permissionFlags(denoJson), ["--allow-net", "--deny-run", "--allow-env=A,B"]);
});

Deno.test("a task chat that names no permission is refused", () => {
  assert.throws(
    () => permissionFlags(`{ "tasks": { "chat": "deno run -A main.ts" } }`),
    /names no permission/,
  );
  assert.throws(() => permissionFlags("{}"), /names no permission/);
});

Deno.test("the project's own flags never allow everything, nor running programs", () => {
  const flags = permissionFlags(Deno.readTextFileSync(new URL("../../../deno.json", import.meta.url)));
  assert.deepEqual(flags.filter((flag) => /^--allow-(?:all|run|import|ffi$|env$|sys$)/.test(flag)), []);
});
