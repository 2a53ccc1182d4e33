import assert from "node:assert/strict";
import { join } from "node:path";
import { ensureCertificates } from "../../certs/mod.ts";
import { withDirectory } from "../kit/directory.ts";
import { manualClock } from "../kit/manual_clock.ts";
import { openssl } from "../kit/openssl.ts";
import { type TestWorld, testWorld } from "../kit/world.ts";

const dayMs = 86_400_000;

Deno.test("a leaf is renewed when less than 30 of its 90 days are left", () =>
  withDirectory(async (directory) => {
    const clock = manualClock();
    const world = testWorld({ clock });
    const first = await ensureCertificates({ directory, world });
    assert.equal(first.notAfter, clock.now() + 90 * dayMs);
    clock.advance(60 * dayMs);
    assert.equal((await ensureCertificates({ directory, world })).made, "kept");
    clock.advance(1_000);
    const second = await ensureCertificates({ directory, world });
    assert.equal(second.made, "renewed");
    assert.equal(second.notAfter, clock.now() + 90 * dayMs);
    assert.equal(second.authorityPem, first.authorityPem);
    assert.notEqual(second.leafKeyPem, first.leafKeyPem);
    assert.deepEqual(reasons(world), ["missing", "expiring"]);
  }));

Deno.test("a leaf from the future, made while the clock was wrong, is renewed", () =>
  withDirectory(async (directory) => {
    await ensureCertificates({ directory, world: testWorld({ clock: manualClock(Date.UTC(2040, 0, 1)) }) });
    const world = testWorld({ clock: manualClock(Date.UTC(2026, 0, 1)) });
    assert.equal((await ensureCertificates({ directory, world })).made, "renewed");
    assert.equal((await ensureCertificates({ directory, world })).made, "kept");
  }));

Deno.test("a leaf is renewed when the machine has got a name or address that it lacks, however that is spelled", () =>
  withDirectory(async (directory) => {
    const world = testWorld();
    const made = async (names: string[]) => (await ensureCertificates({ directory, world, names })).made;
    assert.equal(await made([]), "new");
    assert.equal(await made(["chat.example", "FD00:0::0007"]), "renewed");
    assert.equal(await made(["fd00::7", "chat.example"]), "kept");
    assert.equal(await made([]), "kept");
    assert.equal(await made(["192.0.2.7"]), "renewed");
    assert.deepEqual(reasons(world), ["missing", "names_grown", "names_grown"]);
  }));

Deno.test("a leaf that is broken or does not fit its key is made again", () =>
  withDirectory(async (directory) => {
    const world = testWorld();
    const { leafKeyPem, leafPem } = await ensureCertificates({ directory, world });
    const cases: [string, string][] = [
      ...["", "x", leafPem.slice(0, 300), leafPem.replace(/.{4}\n-----END/, "\n-----END")].map((text) =>
        ["leaf.pem", text] as [string, string]
      ),
      ["keys/leaf.key", ""],
      ["keys/leaf.key", "x"],
      ["keys/leaf.key", leafKeyPem],
    ];
    for (const [name, text] of cases) {
      Deno.writeTextFileSync(join(directory, name), text);
      assert.equal(
        (await ensureCertificates({ directory, world })).made,
        "renewed",
        JSON.stringify([name, text]),
      );
      openssl([
        "verify",
        "-x509_strict",
        "-CAfile",
        join(directory, "authority.pem"),
        join(directory, "leaf.pem"),
      ]);
    }
    assert.deepEqual(new Set(reasons(world)), new Set(["missing", "broken"]));
  }));

Deno.test("a leaf of another authority is made again", () =>
  withDirectory((directory) =>
    withDirectory(async (other) => {
      const world = testWorld();
      await ensureCertificates({ directory, world });
      await ensureCertificates({ directory: other, world });
      for (const name of ["leaf.pem", "keys/leaf.key"]) {
        Deno.copyFileSync(join(other, name), join(directory, name));
      }
      assert.equal((await ensureCertificates({ directory, world })).made, "renewed");
      assert.equal(reasons(world).at(-1), "other_authority");
    })
  ));

function reasons(world: TestWorld): string[] {
  return world.lines.map((line) => JSON.parse(line)).filter(({ event }) => event === "leaf_issued").map((
    { reason },
  ) => reason);
}
