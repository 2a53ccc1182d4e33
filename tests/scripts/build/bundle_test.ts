import assert from "node:assert/strict";
import { bundle } from "../../../scripts/build/bundle.ts";
import { compile } from "../../../scripts/build/compile.ts";
import { withTree } from "../planted_tree.ts";

const program: Readonly<Record<string, string>> = {
  "main.ts": `if (Deno.args[0] === "ask") console.log(await (await import("./rooms/asker.ts")).ask());`,
  "rooms/asker.ts": `export function ask(): Promise<string> {
    const file = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
    const worker = new Worker(new URL(file, import.meta.url), { type: "module" });
    return new Promise((resolve) => worker.onmessage = ({ data }) => (worker.terminate(), resolve(data)));
  }`,
  "rooms/worker.ts": `(self as unknown as { postMessage(text: string): void }).postMessage("answered");`,
};

const bundled = (root: string): string => {
  bundle(root, ["main.ts", "rooms/worker.ts"], "out");
  return `${root}/out`;
};

Deno.test("a bundle lies flat, and what it starts late is found beside it", () =>
  withTree(program, async (root) => {
    const names = [...Deno.readDirSync(bundled(root))].map(({ name }) => name.replace(/-\w+\.js$/, "-*.js"));
    assert.deepEqual(names.sort(), ["asker-*.js", "main.js", "worker.js"]);
    assert.equal(
      await output(Deno.execPath(), ["run", "--allow-read", `${root}/out/main.js`, "ask"]),
      "answered\n",
    );
  }));

Deno.test("a bundle holds nothing of the one before it", () =>
  withTree({ ...program, "out/left_over.js": "" }, (root) => {
    assert.throws(() => Deno.statSync(`${bundled(root)}/left_over.js`), Deno.errors.NotFound);
  }));

Deno.test("a bundle that fails says so", () =>
  withTree({ "main.ts": `import "./absent.ts";` }, (root) => {
    assert.throws(() => bundle(root, ["main.ts"], "out"), /bundle" ended with code 1/);
  }));

const compiler = Deno.env.get("DENO_COMPILE")?.split(/\s+/);

Deno.test({
  name: "an executable made twice in two places has the same bytes, and runs (needs DENO_COMPILE)",
  ignore: compiler === undefined,
  fn: async () => {
    const [first, second] = [await made(), await made()];
    assert.equal(first.answer, "answered\n");
    assert.equal(first.hash, second.hash);
  },
});

async function made(): Promise<{ readonly hash: string; readonly answer: string }> {
  const result = { hash: "", answer: "" };
  await withTree(program, async (root) => {
    const executable = `${root}/program`;
    const flags = ["--allow-read"];
    compile({ command: compiler ?? [], flags, folder: bundled(root), executable, target: undefined });
    const hash = await crypto.subtle.digest("SHA-256", Deno.readFileSync(executable));
    result.hash = new Uint8Array(hash).toHex();
    result.answer = await output(executable, ["ask"]);
  });
  return result;
}

async function output(command: string, args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await new Deno.Command(command, { args: [...args] }).output();
  return new TextDecoder().decode(stderr) + new TextDecoder().decode(stdout);
}
