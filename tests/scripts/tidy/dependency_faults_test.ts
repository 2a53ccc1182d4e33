import assert from "node:assert/strict";
import { dependencyFaults } from "../../../scripts/tidy/dependency_faults.ts";

const readme =
  "| [tool](https://example.com) and [@a/b](https://example.com) | everything | it is there |\n[other](x)";

function faultsOf(imports: Readonly<Record<string, string>>): readonly string[] {
  return dependencyFaults(JSON.stringify({ imports }, undefined, 1), readme)
    .map(({ file, line, text }) => `${file}:${line} ${text}`);
}

Deno.test("a package with an exact version and a row in the README is as it should be", () => {
  assert.deepEqual(
    faultsOf({ tool: "npm:tool@1.2.3", "@a/b": "npm:@a/b@2.0.0-rc.1", "#own": "./own.ts" }),
    [],
  );
});

Deno.test("a package whose version may move, or that comes from elsewhere, is refused", () => {
  const loose = [
    "npm:tool@^1.2.3",
    "npm:tool@1",
    "npm:tool",
    "npm:tool@latest",
    "https://example.com/tool@1.2.3.ts",
  ];
  for (const target of loose) {
    assert.deepEqual(faultsOf({ tool: target }), [
      "deno.json:3 the package tool is not held to one version of npm. Write its exact version, as in npm:package@1.2.3.",
    ]);
  }
});

Deno.test("a package that nobody has given a reason for is refused", () => {
  assert.match(faultsOf({ other: "npm:other@1.0.0" }).join(), /^deno\.json:3 the package other has no row/);
});
