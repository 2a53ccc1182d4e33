import assert from "node:assert/strict";
import { join } from "node:path";
import { FileTrouble, readFileIfThere, writePrivateFile } from "../../../shared/files/mod.ts";
import { modeOf, withDirectory } from "../../kit/directory.ts";

Deno.test("a private file is written with mode 0600 and read back", () =>
  withDirectory((directory) => {
    const path = join(directory, "token");
    writePrivateFile(path, "pärt one");
    assert.equal(readFileIfThere(path), "pärt one");
    assert.equal(modeOf(path), 0o600);
    writePrivateFile(path, new Uint8Array([104, 105]));
    assert.equal(readFileIfThere(path), "hi");
  }));

Deno.test("a private file replaces one that was open to others", () =>
  withDirectory((directory) => {
    const path = join(directory, "token");
    Deno.writeTextFileSync(path, "old", { mode: 0o644 });
    writePrivateFile(path, "new");
    assert.equal(modeOf(path), 0o600);
  }));

Deno.test("a write that fails leaves neither a part nor a draft behind", () =>
  withDirectory((directory) => {
    const path = join(directory, "taken");
    Deno.mkdirSync(join(path, "full"), { recursive: true });
    assert.throws(() => writePrivateFile(path, "text"), FileTrouble);
    assert.deepEqual([...Deno.readDirSync(directory)].map(({ name }) => name), ["taken"]);
  }));

Deno.test("a file that is not there reads as undefined", () =>
  withDirectory((directory) => assert.equal(readFileIfThere(join(directory, "none")), undefined)));

Deno.test("a file that cannot be read says which one", () =>
  withDirectory((directory) => {
    assert.throws(() => readFileIfThere(directory), (error) => {
      assert.ok(error instanceof FileTrouble);
      assert.match(error.message, /^Cannot read ".+": a directory is where a file should be/);
      return true;
    });
  }));

Deno.test("a reader in another process sees the old text or the new, never a part", () =>
  withDirectory(async (directory) => {
    const path = join(directory, "state");
    const [one, other] = ["a".repeat(300_000), "b".repeat(300_000)];
    writePrivateFile(path, one);
    const script = `
      const seen = new Set();
      for (let at = 0; at < 300; at++) seen.add(Deno.readTextFileSync(${JSON.stringify(path)}));
      console.log([...seen].every((text) => /^(a{300000}|b{300000})$/.test(text)));`;
    const reader = new Deno.Command(Deno.execPath(), { args: ["eval", script], stdout: "piped" }).spawn();
    let isReading = true;
    const output = reader.output().finally(() => isReading = false);
    for (let at = 0; isReading; at++) {
      writePrivateFile(path, at % 2 === 0 ? other : one);
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal(new TextDecoder().decode((await output).stdout).trim(), "true");
  }));
