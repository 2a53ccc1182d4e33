import assert from "node:assert/strict";
import { join, relative } from "node:path";
import fc from "fast-check";
import { claimName } from "../../../client/files/claim_name.ts";
import { cleanName } from "../../../client/files/clean_name.ts";
import { modeOf, withDirectory } from "../../kit/directory.ts";
import { fromSeed } from "../../kit/seed.ts";

Deno.test("A name that others gave leads out of no folder, hides nothing and turns nothing around", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["photo.jpg", "photo.jpg"],
    ["Müller & Söhne (2).pdf", "Müller & Söhne (2).pdf"],
    ["../../etc/passwd", "passwd"],
    ["..\\..\\boot.ini", "boot.ini"],
    ["/etc/shadow", "shadow"],
    ["C:\\Windows\\system.ini", "system.ini"],
    ["a/..", "file"],
    ["", "file"],
    ["...", "file"],
    [".bashrc", "bashrc"],
    ["-rf", "rf"],
    ["~", "file"],
    ["CON", "_CON"],
    ["nul.txt", "_nul.txt"],
    ["console.txt", "console.txt"],
    ["evil\u202egpj.exe", "evil_gpj.exe"],
    ["a\u0000b\nc.txt", "a_b_c.txt"],
    ["a.txt. . ", "a.txt"],
    ["stream.txt:hidden", "stream.txt_hidden"],
  ];
  for (const [name, clean] of cases) assert.equal(cleanName(name), clean, JSON.stringify(name));
});

Deno.test("A long name keeps its ending and is not longer than file systems take", () => {
  const clean = cleanName(`${"ü".repeat(200)}.tar.gz`);
  assert.ok(clean.endsWith(".gz"));
  assert.ok(new TextEncoder().encode(clean).length <= 200);
  assert.ok(!clean.includes("\ufffd"));
});

Deno.test("Whatever a file is called, its name is one of the folder itself", () => {
  const anything = fc.string({ unit: "binary", maxLength: 300 });
  const nasty = fc.array(fc.constantFrom("..", "/", "\\", ".", " ", "a", "\u0000", ":", "~", "\u202e", "con"))
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.oneof(anything, nasty), (name) => {
      const clean = cleanName(name);
      assert.equal(relative("/folder", join("/folder", clean)), clean);
      assert.ok(clean !== "" && !/^[.~-]|[/\\\p{Cc}]|[.\s]$/u.test(clean), JSON.stringify(clean));
      assert.ok(new TextEncoder().encode(clean).length <= 201);
      assert.equal(cleanName(clean), clean);
    }),
    fromSeed(),
  );
});

Deno.test("Nothing that is there is written over", () =>
  withDirectory((folder) => {
    const taken: string[] = [];
    for (const content of ["one", "two", "three"]) {
      const part = join(folder, "x.part");
      Deno.writeTextFileSync(part, content, { mode: 0o600 });
      taken.push(relative(folder, claimName(folder, "photo.jpg", part)));
    }
    assert.deepEqual(taken, ["photo.jpg", "photo (2).jpg", "photo (3).jpg"]);
    const contents = taken.map((name) => Deno.readTextFileSync(join(folder, name)));
    assert.deepEqual(contents, ["one", "two", "three"]);
    assert.equal(modeOf(join(folder, "photo.jpg")), 0o600);
    Deno.writeTextFileSync(join(folder, "y.part"), "");
    assert.equal(relative(folder, claimName(folder, "README", join(folder, "y.part"))), "README");
  }));
