import assert from "node:assert/strict";
import { join } from "node:path";
import { ensurePrivateDirectory, FileTrouble } from "../../../shared/files/mod.ts";
import { modeOf, withDirectory } from "../../kit/directory.ts";

Deno.test("a private directory is made with those above it", () =>
  withDirectory((directory) => {
    const path = join(directory, "chat", "server");
    ensurePrivateDirectory(path);
    assert.equal(modeOf(path), 0o700);
    assert.equal(modeOf(join(directory, "chat")), 0o700);
    assert.deepEqual([...Deno.readDirSync(path)], []);
  }));

Deno.test("a directory that was open to others is closed to them", () =>
  withDirectory((directory) => {
    Deno.chmodSync(directory, 0o755);
    ensurePrivateDirectory(directory);
    assert.equal(modeOf(directory), 0o700);
  }));

Deno.test("a file in the place of a directory is named in the complaint", () =>
  withDirectory((directory) => {
    const path = join(directory, "file");
    Deno.writeTextFileSync(path, "");
    for (const wanted of [path, join(path, "below")]) {
      assert.throws(() => ensurePrivateDirectory(wanted), (error) => {
        assert.ok(error instanceof FileTrouble);
        assert.match(
          error.message,
          /^Cannot use directory ".+": a file is where a directory should be\. Move it away/,
        );
        assert.ok(error.cause instanceof Error);
        return true;
      });
    }
  }));

Deno.test("a directory that cannot be written says what to do", () => {
  assert.throws(() => ensurePrivateDirectory("/proc/chat"), (error) => {
    assert.ok(error instanceof FileTrouble);
    assert.match(error.message, /^Cannot use directory "\/proc\/chat": .+ choose another place$/);
    return true;
  });
});
