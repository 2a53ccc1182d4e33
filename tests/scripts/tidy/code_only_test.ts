import assert from "node:assert/strict";
import { codeOnly } from "../../../scripts/tidy/code_only.ts";

const cases: Readonly<Record<string, readonly [source: string, code: string]>> = {
  "a line comment": ["a // b 'c\nd", "a        \nd"],
  "a block comment, keeping its lines": ["a /* b\n'c */ d", "a     \n      d"],
  "the inside of strings": [`f("a\\"b", 'c"d')`, `f("    ", '   ')`],
  "a comment mark in a string": [`f("//") + g`, `f("  ") + g`],
  "a template but for its code": ["`a ${b + `c${d}`} e` + f", "`  ${b + ` ${d}`}  ` + f"],
  "a template with an object in its code": [
    "`a${{ b: {} }}c` + d",
    "` ${{ b: {} }} ` + d",
  ],
  "a dollar in a template": ["`$a $` + b", "`    ` + b"],
  "a regular expression": [`a.test(/["'/]\\//g) + "b"`, `a.test(          ) + " "`],
  "a regular expression after return": ["return /'/.exec(a)", "return    .exec(a)"],
  "nothing of a division": ["a / b / c; (d) / 2 / e[0] / 1", "a / b / c; (d) / 2 / e[0] / 1"],
  "an unfinished template": ["a + `b", "a + `b"],
};

for (const [what, [source, code]] of Object.entries(cases)) {
  Deno.test(`code alone leaves out ${what}`, () => {
    assert.equal(codeOnly(source), code);
  });
}

Deno.test("code alone keeps every line and column of the scripts themselves", () => {
  const file = new URL("../../../scripts/tidy/code_only.ts", import.meta.url);
  const source = Deno.readTextFileSync(file);
  const code = codeOnly(source);
  assert.deepEqual(
    code.split("\n").map((line) => line.length),
    source.split("\n").map((line) => line.length),
  );
  assert.match(code, /\nexport function codeOnly\(source: string\): string \{\n/);
});
