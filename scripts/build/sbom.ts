/**
 * The bill of materials of an executable: what it is made of, for whoever has to know whether a hole that is found in
 * some package is theirs too. CycloneDX 1.6 as JSON (ECMA-424), the same for the same executable wherever it is made.
 */
import { createHash } from "node:crypto";
import type { NpmPackage, NpmPackages } from "./npm_packages.ts";

export interface Materials {
  readonly program: { readonly name: string; readonly version: string; readonly licence: string };
  readonly executable: Uint8Array;
  readonly packages: NpmPackages;
  /** By package key: what deno.lock holds the package's archive to, `sha512-` and base 64. */
  readonly integrity: ReadonlyMap<string, string>;
  /** The SPDX name or expression that the package states. */
  readonly licenceOf: (npmPackage: NpmPackage) => string | undefined;
}

/** Throws an Error where a package has no integrity: then it is not what deno.lock says. */
export function sbomOf(materials: Materials): string {
  const contents = contentsOf(materials);
  const head = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: serialOf(JSON.stringify(contents)),
    version: 1,
  };
  return JSON.stringify({ ...head, ...contents }, undefined, 2) + "\n";
}

function contentsOf(
  { program, executable, packages, integrity, licenceOf }: Materials,
): Readonly<Record<string, unknown>> {
  const { name, version, licence } = program;
  const ref = `pkg:generic/${name}@${version}`;
  const hashes = [{ alg: "SHA-256", content: createHash("sha256").update(executable).digest("hex") }];
  const licenses = licences(licence);
  const runtime = runtimeOf(executable);
  const libraries = [...packages.all].map(([key, each]) =>
    libraryOf(each, digestIn(integrity, key), licenceOf(each))
  );
  return {
    metadata: {
      lifecycles: [{ phase: "build" }],
      component: { type: "application", "bom-ref": ref, name, version, hashes, licenses, purl: ref },
    },
    components: [runtime, ...libraries],
    dependencies: [
      { ref, dependsOn: [runtime["bom-ref"], ...refsOf(packages, packages.direct)] },
      { ref: runtime["bom-ref"], dependsOn: [] },
      ...[...packages.all.values()]
        .map((each) => ({ ref: purlOf(each), dependsOn: refsOf(packages, each.dependencies) })),
    ],
  };
}

interface Component {
  readonly type: "library" | "platform";
  readonly "bom-ref": string;
  readonly [field: string]: unknown;
}

/** Deno, with V8, SQLite and TLS in it, is most of an executable. Which one it is stands only in the executable itself. */
function runtimeOf(executable: Uint8Array): Component {
  const version = /Deno\/(\d+\.\d+\.\d+)/.exec(new TextDecoder("latin1").decode(executable))?.[1];
  if (version === undefined) throw new Error("The executable does not say by which Deno it is run.");
  const purl = `pkg:github/denoland/deno@v${version}`;
  return { type: "platform", "bom-ref": purl, name: "deno", version, licenses: licences("MIT"), purl };
}

function libraryOf(npmPackage: NpmPackage, sha512: string, licence: string | undefined): Component {
  const [name = "", group] = npmPackage.name.split("/").reverse();
  return {
    type: "library",
    "bom-ref": purlOf(npmPackage),
    ...(group === undefined ? {} : { group }),
    name,
    version: npmPackage.version,
    hashes: [{ alg: "SHA-512", content: sha512 }],
    ...(licence === undefined ? {} : { licenses: licences(licence) }),
    purl: purlOf(npmPackage),
  };
}

function digestIn(integrity: ReadonlyMap<string, string>, key: string): string {
  const [, base64] = /^sha512-(.+)$/.exec(integrity.get(key) ?? "") ?? [];
  if (base64 === undefined) {
    throw new Error(`deno.lock holds no SHA-512 of ${key}: what it is cannot be told.`);
  }
  return Uint8Array.fromBase64(base64).toHex();
}

function licences(stated: string): readonly unknown[] {
  if (/^[\w.+-]+$/.test(stated)) return [{ license: { id: stated } }];
  return [/ (?:AND|OR|WITH) /.test(stated) ? { expression: stated } : { license: { name: stated } }];
}

function refsOf(packages: NpmPackages, keys: readonly string[]): readonly string[] {
  return keys.map((key) => {
    const found = packages.all.get(key);
    if (found === undefined) throw new Error(`${key} is needed and is not among the packages.`);
    return purlOf(found);
  });
}

/** The address of a package as the Package URL specification has it, where the @ of a scope is escaped. */
function purlOf({ name, version }: NpmPackage): string {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}

/** A name for these contents and no others: an UUID of version 8 (RFC 9562, section 5.8) made of their SHA-256. */
function serialOf(contents: string): string {
  const bytes = new Uint8Array(createHash("sha256").update(contents).digest()).subarray(0, 16);
  bytes.set([((bytes[6] ?? 0) & 0x0f) | 0x80], 6);
  bytes.set([((bytes[8] ?? 0) & 0x3f) | 0x80], 8);
  return `urn:uuid:${bytes.toHex().replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")}`;
}
