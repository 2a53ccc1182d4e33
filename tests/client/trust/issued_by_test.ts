import assert from "node:assert/strict";
import { ensureCertificates } from "../../../certs/mod.ts";
import { isIssuedBy } from "../../../client/trust/issued_by.ts";
import { withDirectory } from "../../kit/directory.ts";
import { foreignCertificates } from "../../kit/foreign_authority.ts";
import { testWorld } from "../../kit/world.ts";

/** The first certificate of a PEM text. */
function derOf(pem: string): Uint8Array {
  const [, base64 = ""] = /-----BEGIN CERTIFICATE-----([^-]+)-----END/.exec(pem) ?? [];
  return Uint8Array.from(atob(base64.replaceAll(/\s/g, "")), (byte) => byte.charCodeAt(0));
}

Deno.test("A certificate counts as issued by the authority whose key signed it, and by no other", () =>
  withDirectory(async (directory) => {
    const own = await ensureCertificates({ directory, world: testWorld() });
    const foreign = foreignCertificates(directory);
    const leaf = derOf(own.leafPem);
    const foreignLeaf = derOf(foreign.leafPem);
    assert.equal(isIssuedBy(leaf, own.authorityPem), true);
    assert.equal(isIssuedBy(foreignLeaf, foreign.authorityPem), true);
    assert.equal(isIssuedBy(leaf, foreign.authorityPem), false);
    assert.equal(isIssuedBy(foreignLeaf, own.authorityPem), false);
  }));

Deno.test("A certificate that was changed in what is signed or in its signature is issued by nobody", () =>
  withDirectory(async (directory) => {
    const { authorityPem, leafPem } = await ensureCertificates({ directory, world: testWorld() });
    const leaf = derOf(leafPem);
    const headerBytes = 4;
    const signedEnd = 2 * headerBytes + (leaf[6] ?? 0) * 256 + (leaf[7] ?? 0);
    const signatureBytes = 60;
    for (let at = 0; at < leaf.length; at++) {
      if (at >= signedEnd && at < leaf.length - signatureBytes) continue;
      const changed = leaf.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      assert.equal(isIssuedBy(changed, authorityPem), false, `byte ${at}`);
    }
  }));

Deno.test("A certificate that is cut short, followed by more or none at all is issued by nobody", () =>
  withDirectory(async (directory) => {
    const { authorityPem, leafPem } = await ensureCertificates({ directory, world: testWorld() });
    const leaf = derOf(leafPem);
    for (let length = 0; length < leaf.length; length++) {
      assert.equal(isIssuedBy(leaf.subarray(0, length), authorityPem), false, `${length} bytes`);
    }
    assert.equal(isIssuedBy(Uint8Array.from([...leaf, 0]), authorityPem), false);
  }));
