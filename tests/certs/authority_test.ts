import assert from "node:assert/strict";
import { join } from "node:path";
import { CertificateTrouble, ensureCertificates } from "../../certs/mod.ts";
import { pinOf } from "../../shared/pin/mod.ts";
import { withDirectory } from "../kit/directory.ts";
import { manualClock } from "../kit/manual_clock.ts";
import { openssl } from "../kit/openssl.ts";
import { testWorld } from "../kit/world.ts";

const files = ["authority.pem", "keys/authority.key", "leaf.pem", "keys/leaf.key"] as const;
const yearMs = 365 * 86_400_000;

Deno.test("whatever files a crash leaves, the next start mends them and keeps the identity while its key is there", () =>
  withDirectory(async (directory) => {
    const world = testWorld();
    const { authorityPem } = await ensureCertificates({ directory, world });
    const whole = contents(directory);
    for (let missing = 0; missing < 2 ** files.length; missing++) {
      const absent = files.filter((_, at) => missing >> at & 1);
      restore(directory, whole);
      for (const name of absent) Deno.removeSync(join(directory, name));
      if (absent.includes("keys/authority.key") && !absent.includes("authority.pem")) continue;
      const mended = await ensureCertificates({ directory, world });
      openssl([
        "verify",
        "-x509_strict",
        "-CAfile",
        join(directory, "authority.pem"),
        join(directory, "leaf.pem"),
      ]);
      const keepsIdentity = !absent.includes("keys/authority.key");
      assert.equal(pinOf(mended.authorityPem) === pinOf(authorityPem), keepsIdentity, absent.join());
      assert.equal(
        mended.made,
        !keepsIdentity ? "new" : absent.length > 0 ? "renewed" : "kept",
        absent.join(),
      );
      assert.equal((await ensureCertificates({ directory, world })).made, "kept", absent.join());
    }
  }));

const breakages: Readonly<Record<string, { name: string; content?: string; says: RegExp }>> = {
  "a missing key": {
    name: "keys/authority.key",
    says: /authority\.key", is missing: restore it .+ trust anew, delete/,
  },
  "a broken key": {
    name: "keys/authority.key",
    content: "x",
    says: /authority\.key", is broken: restore it/,
  },
  "an empty key": { name: "keys/authority.key", content: "", says: /authority\.key", is broken: restore it/ },
  "a broken certificate": {
    name: "authority.pem",
    content: "x",
    says: /authority\.pem", is broken: .+ or delete it/,
  },
  "an empty certificate": {
    name: "authority.pem",
    content: "",
    says: /authority\.pem", is broken: .+ or delete it/,
  },
};

for (const [what, { name, content, says }] of Object.entries(breakages)) {
  Deno.test(`an authority with ${what} stops the start, says what to do and damages nothing`, () =>
    withDirectory(async (directory) => {
      await ensureCertificates({ directory, world: testWorld() });
      if (content === undefined) Deno.removeSync(join(directory, name));
      else Deno.writeTextFileSync(join(directory, name), content);
      await assertStops(directory, says);
    }));
}

Deno.test("an authority's certificate and key that do not fit stop the start", () =>
  withDirectory((directory) =>
    withDirectory(async (other) => {
      await ensureCertificates({ directory, world: testWorld() });
      await ensureCertificates({ directory: other, world: testWorld() });
      Deno.copyFileSync(join(other, "keys/authority.key"), join(directory, "keys/authority.key"));
      await assertStops(
        directory,
        /does not belong to the key .+: restore both from the same backup\. .+ trust anew/,
      );
    })
  ));

Deno.test("an authority is certified again in its last year, under the same pin, and old clients still trust it", () =>
  withDirectory(async (directory) => {
    const clock = manualClock();
    const world = testWorld({ clock });
    const first = await ensureCertificates({ directory, world });
    clock.advance(8.9 * yearMs);
    assert.equal((await ensureCertificates({ directory, world })).authorityPem, first.authorityPem);
    clock.advance(0.2 * yearMs);
    const later = await ensureCertificates({ directory, world });
    assert.notEqual(later.authorityPem, first.authorityPem);
    assert.equal(pinOf(later.authorityPem), pinOf(first.authorityPem));
    const at = String(Math.floor(clock.now() / 1000));
    const leaf = join(directory, "leaf.pem");
    openssl(
      ["verify", "-x509_strict", "-attime", at, "-CAfile", "INPUT", leaf],
      new TextEncoder().encode(first.authorityPem),
    );
  }));

async function assertStops(directory: string, says: RegExp): Promise<void> {
  const before = contents(directory);
  await assert.rejects(ensureCertificates({ directory, world: testWorld() }), (error) => {
    assert.ok(error instanceof CertificateTrouble);
    assert.match(error.message, says);
    return true;
  });
  assert.deepEqual(contents(directory), before);
}

function contents(directory: string): ReadonlyMap<string, string | undefined> {
  return new Map(files.map((name) => [name, readOrNothing(join(directory, name))]));
}

function readOrNothing(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return undefined;
  }
}

function restore(directory: string, whole: ReadonlyMap<string, string | undefined>): void {
  for (const [name, content] of whole) Deno.writeTextFileSync(join(directory, name), content ?? "");
}
