import assert from "node:assert/strict";
import { KeyTrouble, makeRootKey, rootKeyFile } from "../../../server/keyring/mod.ts";
import { modeOf, withDirectory } from "../../kit/directory.ts";

Deno.test("a root key file is private, made with its directory, and read back as it was written", () =>
  withDirectory((directory) => {
    const path = `${directory}/keys/root.key`;
    const rootKeys = rootKeyFile(path);
    assert.deepEqual(rootKeys.read(), []);
    const keys = [makeRootKey(), makeRootKey()];
    rootKeys.write(keys);
    assert.equal(modeOf(path), 0o600);
    assert.match(Deno.readTextFileSync(path), /^([\w-]{43}\n){2}$/);
    assert.deepEqual(
      rootKeys.read().map(({ id, text }) => [id, text]),
      keys.map(({ id, text }) => [id, text]),
    );
  }));

Deno.test("a root key file with a last line that does not end, or with Windows' line ends, is good", () =>
  withDirectory((directory) => {
    const key = makeRootKey();
    for (const text of [key.text, `${key.text}\r\n`, `\n${key.text}\n\n`]) {
      Deno.writeTextFileSync(`${directory}/root.key`, text);
      assert.deepEqual(rootKeyFile(`${directory}/root.key`).read().map(({ id }) => id), [key.id]);
    }
  }));

Deno.test("a file that is no root key is refused without a word of what it holds", () =>
  withDirectory((directory) => {
    const path = `${directory}/root.key`;
    const { text } = makeRootKey();
    for (
      const content of ["", "\n", "hunter2", text.slice(1), `${text}A`, `${text}\nhunter2\n`, "!".repeat(43)]
    ) {
      Deno.writeTextFileSync(path, content);
      assert.throws(
        () => rootKeyFile(path).read(),
        (error) =>
          error instanceof KeyTrouble && error.message.startsWith(`${path} is no root key`) &&
          !error.message.includes("hunter2") && !error.message.includes(text),
        content,
      );
    }
  }));

Deno.test("a root key file that is a link stays one", () =>
  withDirectory((directory) => {
    Deno.mkdirSync(`${directory}/volume`);
    const first = makeRootKey();
    rootKeyFile(`${directory}/volume/root.key`).write([first]);
    Deno.symlinkSync(`${directory}/volume/root.key`, `${directory}/root.key`);
    const second = makeRootKey();
    rootKeyFile(`${directory}/root.key`).write([second, first]);
    assert.ok(Deno.lstatSync(`${directory}/root.key`).isSymlink);
    assert.equal(rootKeyFile(`${directory}/volume/root.key`).read()[0]?.id, second.id);
  }));
