import assert from "node:assert/strict";
import { sourceFaults } from "../../../scripts/tidy/source_faults.ts";

const refused: readonly string[] = [
  "Date.now()",
  "Date?.now()",
  "new Date()",
  "new Date( /* now */ )",
  "const d = new Date;",
  "Date()",
  "const D = Date;",
  "const { now } = Date;",
  `Date["now"]()`,
  "performance.now()",
  "setTimeout(run, 1)",
  "globalThis.setTimeout(run, 1)",
  "run(setInterval)",
  "setImmediate(run)",
  "AbortSignal.timeout(5)",
  "Math.random()",
  "crypto.getRandomValues(bytes)",
  "const { randomUUID } = crypto;",
  "console.log(1)",
  "globalThis.console.log(1)",
  "`${console.log(1)}`",
  "Deno.env.get(name)",
  "Deno.args[0]",
  "Deno.exit(1)",
  "const { env } = Deno;",
  "process.env.HOME",
  "import(name)",
  "import(`./${name}.ts`)",
  "  // deno-lint-ignore no-explicit-any",
];

const accepted: readonly string[] = [
  "new Date(ms).toISOString()",
  "const when: Date = new Date(0);",
  "Date.UTC(2026, 0)",
  "let all: Date[] = [];",
  "queueMicrotask(run)",
  "clock.setTimeout(run, 1)",
  "Math.max(1, 2)",
  "world.console",
  "({ console: 1, performance: 2 })",
  "crypto.subtle.digest(name, bytes)",
  `"console.log(1)" // Date.now()`,
  "/console.log/.test(text)",
  "Deno.exitCode = 1",
  "function names(machine: Machine = Deno) {}",
  "this.#setTimeout(1)",
  `import("./file.ts")`,
  "// deno-lint-ignore no-explicit-any -- the package has no types",
];

for (const source of refused) {
  Deno.test(`a room may not say ${source.trim()}`, () => {
    const [fault, ...others] = sourceFaults("server/hub/rooms.ts", `const first = 1;\n${source}\n`);
    assert.equal(fault?.line, 2);
    assert.deepEqual(others, []);
  });
}

for (const source of accepted) {
  Deno.test(`a room may say ${source}`, () => {
    assert.deepEqual(sourceFaults("server/hub/rooms.ts", source), []);
  });
}

Deno.test("time, chance and the log are at home in shared/world, and free in tests and scripts", () => {
  const source = "Date.now(); Math.random(); console.log(1);";
  for (const file of ["shared/world/clock.ts", "tests/hub_test.ts", "scripts/tidy.ts"]) {
    assert.deepEqual(sourceFaults(file, source), []);
  }
});

Deno.test("main.ts reads arguments and environment, but has no clock of its own", () => {
  assert.deepEqual(sourceFaults("main.ts", "Deno.exit(Deno.args.length + Deno.env.toObject().length)"), []);
  assert.equal(sourceFaults("main.ts", "Date.now()").length, 1);
});
