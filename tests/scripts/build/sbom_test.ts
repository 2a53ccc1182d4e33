import assert from "node:assert/strict";
import { lockIntegrity } from "../../../scripts/build/lock_integrity.ts";
import { npmPackagesOf } from "../../../scripts/build/npm_packages.ts";
import { licenceIn, packageJsonIn } from "../../../scripts/build/package_json.ts";
import { type Materials, sbomOf } from "../../../scripts/build/sbom.ts";

const root = new URL("../../../", import.meta.url).pathname;

const sha512 = `sha512-${btoa("x".repeat(64))}`;

const materials: Materials = {
  program: { name: "chat", version: "0.1.0", licence: "MIT" },
  executable: new TextEncoder().encode("\u007fELF… Deno/2.9.6 …"),
  packages: {
    direct: ["@a/b@1.0.0"],
    all: new Map([
      ["@a/b@1.0.0", { name: "@a/b", version: "1.0.0", dependencies: ["c@2.0.0"], folder: "" }],
      ["c@2.0.0", { name: "c", version: "2.0.0", dependencies: [], folder: "" }],
    ]),
  },
  integrity: new Map([["@a/b@1.0.0", sha512], ["c@2.0.0", sha512], ["left-out@1.0.0", sha512]]),
  licenceOf: ({ name }) => ({ "@a/b": "MIT OR Apache-2.0", c: "SEE LICENSE IN FILE" })[name],
};

Deno.test("a bill of materials names the program, its runtime, its packages and who needs whom", () => {
  const { metadata, components, dependencies } = JSON.parse(sbomOf(materials));
  assert.equal(metadata.component.purl, "pkg:generic/chat@0.1.0");
  assert.deepEqual(components.map(({ purl }: { purl: string }) => purl), [
    "pkg:github/denoland/deno@v2.9.6",
    "pkg:npm/%40a/b@1.0.0",
    "pkg:npm/c@2.0.0",
  ]);
  assert.deepEqual(components[1], {
    type: "library",
    "bom-ref": "pkg:npm/%40a/b@1.0.0",
    group: "@a",
    name: "b",
    version: "1.0.0",
    hashes: [{ alg: "SHA-512", content: "78".repeat(64) }],
    licenses: [{ expression: "MIT OR Apache-2.0" }],
    purl: "pkg:npm/%40a/b@1.0.0",
  });
  assert.deepEqual(components[2].licenses, [{ license: { name: "SEE LICENSE IN FILE" } }]);
  assert.deepEqual(dependencies, [
    { ref: "pkg:generic/chat@0.1.0", dependsOn: ["pkg:github/denoland/deno@v2.9.6", "pkg:npm/%40a/b@1.0.0"] },
    { ref: "pkg:github/denoland/deno@v2.9.6", dependsOn: [] },
    { ref: "pkg:npm/%40a/b@1.0.0", dependsOn: ["pkg:npm/c@2.0.0"] },
    { ref: "pkg:npm/c@2.0.0", dependsOn: [] },
  ]);
});

Deno.test("a bill of materials is the same for the same executable, and has another number for another one", () => {
  assert.equal(sbomOf(materials), sbomOf(materials));
  const other = sbomOf({ ...materials, executable: new TextEncoder().encode("Deno/2.9.6, changed") });
  assert.notEqual(JSON.parse(other).serialNumber, JSON.parse(sbomOf(materials)).serialNumber);
});

Deno.test("a package that the lock file does not hold to anything ends the making of a bill of materials", () => {
  assert.throws(
    () => sbomOf({ ...materials, integrity: new Map() }),
    /deno\.lock holds no SHA-512 of @a\/b@1/,
  );
});

Deno.test("what is no executable of Deno's is refused, since its runtime cannot be told", () => {
  assert.throws(() => sbomOf({ ...materials, executable: new Uint8Array(9) }), /does not say by which Deno/);
});

Deno.test("the program's own bill of materials has what CycloneDX 1.6 requires, and nothing that only tests need", () => {
  const packages = npmPackagesOf(root, ["main.ts"]);
  const { name, version, license: licence } = JSON.parse(Deno.readTextFileSync(`${root}deno.json`));
  const sbom = JSON.parse(sbomOf({
    program: { name, version, licence },
    executable: materials.executable,
    packages,
    integrity: lockIntegrity(Deno.readTextFileSync(`${root}deno.lock`)),
    licenceOf: ({ folder }) => licenceIn(packageJsonIn(folder)),
  }));
  assertCycloneDx(sbom);
  const names = [...packages.all.values()].map((each) => each.name);
  assert.ok(names.includes("commander") && names.includes("asn1js"));
  assert.ok(!names.includes("fast-check"));
});

// deno-lint-ignore no-explicit-any -- a file of somebody else's format, looked into field by field
type Json = any;

/** The rules of bom-1.6.schema.json that the fields which are used here fall under. */
function assertCycloneDx(sbom: Json): void {
  assert.equal(sbom.bomFormat, "CycloneDX");
  assert.equal(sbom.specVersion, "1.6");
  assert.match(sbom.serialNumber, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
  assert.ok(Number.isInteger(sbom.version) && sbom.version >= 1);
  const all: Json[] = [sbom.metadata.component, ...sbom.components];
  all.forEach(assertComponent);
  const refs = new Set(all.map((each) => each["bom-ref"]));
  assert.equal(refs.size, all.length, "each bom-ref is there once");
  assert.deepEqual(new Set(sbom.dependencies.map(({ ref }: Json) => ref)), refs);
  for (const { dependsOn } of sbom.dependencies) {
    assert.equal(new Set(dependsOn).size, dependsOn.length);
    for (const ref of dependsOn) assert.ok(refs.has(ref), `${ref} is a component`);
  }
}

function assertComponent(component: Json): void {
  assert.ok(["application", "platform", "library"].includes(component.type));
  assert.ok(component.name !== "" && component.version !== "" && component["bom-ref"] !== "");
  assert.match(component.purl, /^pkg:(?:npm|github|generic)\/[^@\s]+@[^@\s]+$/);
  for (const { alg, content } of component.hashes ?? []) {
    assert.match(content, alg === "SHA-512" ? /^[0-9a-f]{128}$/ : /^[0-9a-f]{64}$/);
  }
  assert.equal(component.licenses.length, 1);
}
