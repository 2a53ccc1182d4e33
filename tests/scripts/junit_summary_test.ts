import assert from "node:assert/strict";
import { junitSummary } from "../../scripts/junit_summary.ts";
import { withTree } from "./planted_tree.ts";

const tests = `
  Deno.test("passes <failure", async (t) => { await t.step("step", () => {}); });
  Deno.test("fails", () => { throw new Error("</testcase>"); });
  Deno.test.ignore("is left out", () => {});
`;

Deno.test("the summary counts what deno test wrote, without what was skipped", () =>
  withTree({ "one_test.ts": tests }, async (root) => {
    const args = [
      "test",
      "--config",
      `${root}/deno.json`,
      `--junit-path=${root}/junit.xml`,
      `${root}/one_test.ts`,
    ];
    await new Deno.Command(Deno.execPath(), { args, cwd: root }).output();
    assert.deepEqual(junitSummary(Deno.readTextFileSync(`${root}/junit.xml`)), { passed: 2, failed: 1 });
  }));

Deno.test("a report without tests counts nothing", () => {
  assert.deepEqual(junitSummary(`<testsuites name="deno test" tests="0"></testsuites>`), {
    passed: 0,
    failed: 0,
  });
});
