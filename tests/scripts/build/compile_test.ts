import assert from "node:assert/strict";
import { compile } from "../../../scripts/build/compile.ts";
import { withTree } from "../planted_tree.ts";

/** Stands in for `deno compile`, which may have no base executable here: writes its arguments to the output file. */
const compiler =
  `Deno.writeTextFileSync(Deno.args[Deno.args.indexOf("--output") + 1], JSON.stringify(Deno.args));`;

Deno.test("compiling takes every file in order and without its time, the flags and the target", () =>
  withTree({ "compiler.ts": compiler, "out/main.js": "", "out/b.js": "", "out/a.js": "" }, (root) => {
    compile({
      command: [Deno.execPath(), "run", "-A", `${root}/compiler.ts`],
      flags: ["--allow-net"],
      folder: `${root}/out`,
      executable: `${root}/chat`,
      target: "aarch64-apple-darwin",
    });
    const args = Deno.readTextFileSync(`${root}/chat`);
    assert.match(
      args,
      /"--include","a.js","--include","b.js","--include","main.js","--output","[^"]*","main.js"\]$/,
    );
    assert.match(args, /"--no-code-cache","--allow-net","--target","aarch64-apple-darwin"/);
    assert.equal(Deno.statSync(`${root}/out/a.js`).mtime?.getTime(), 0);
  }));

Deno.test("a compiler that fails ends the build", () =>
  withTree({ "compiler.ts": "Deno.exit(3)", "out/main.js": "" }, (root) => {
    const command = [Deno.execPath(), "run", `${root}/compiler.ts`];
    const rest = { flags: [], folder: `${root}/out`, executable: `${root}/chat`, target: undefined };
    assert.throws(() => compile({ command, ...rest }), /ended with code 3/);
  }));
