import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { isPin } from "../../../shared/identity/mod.ts";
import { CertificateUnreadable, pinOf } from "../../../shared/pin/mod.ts";
import { openssl } from "../../kit/openssl.ts";

const kinds = [["ec", "-pkeyopt", "ec_paramgen_curve:P-256"], ["ec", "-pkeyopt", "ec_paramgen_curve:P-384"], [
  "rsa:2048",
]];

for (const kind of kinds) {
  Deno.test(`the pin of an authority is what openssl makes of its key (${kind.at(-1)})`, () => {
    const pem = selfSigned(kind);
    const publicKey = openssl(["x509", "-in", "INPUT", "-noout", "-pubkey"], new TextEncoder().encode(pem));
    const der = openssl(["pkey", "-pubin", "-in", "INPUT", "-outform", "DER"], publicKey);
    assert.equal(pinOf(pem), createHash("sha256").update(der).digest("base64url"));
    assert.ok(isPin(pinOf(pem)));
    assert.equal(pinOf(`\n${pem.replaceAll("\n", "\r\n")}`), pinOf(pem));
  });
}

Deno.test("a pin is made of nothing but exactly one certificate", () => {
  const pem = selfSigned(["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]);
  const der = atob(pem.replace(/-----.+-----/g, ""));
  const inPem = (bytes: string): string =>
    `-----BEGIN CERTIFICATE-----\n${btoa(bytes)}\n-----END CERTIFICATE-----\n`;
  assert.equal(pinOf(inPem(der)), pinOf(pem));
  const refused = {
    nothing: "",
    words: "not a certificate",
    "two certificates": pem + pem,
    "text before it": `subject=chat\n${pem}`,
    "text after it": `${pem}trailer`,
    "a key": pem.replaceAll("CERTIFICATE", "PRIVATE KEY"),
    "an empty body": "-----BEGIN CERTIFICATE-----\n\n-----END CERTIFICATE-----\n",
    "two in one body": inPem(der + der),
    "a byte too many": inPem(der + "\0"),
    "a byte too few": inPem(der.slice(0, -1)),
    "a sequence of something else": inPem("\x30\x82\x01\x00" + "\0".repeat(256)),
  };
  for (const [what, text] of Object.entries(refused)) {
    assert.throws(() => pinOf(text), CertificateUnreadable, what);
  }
});

Deno.test("a pin is written in one way only", () => {
  assert.ok(isPin("A".repeat(43)));
  for (
    const text of [
      "",
      "A".repeat(42),
      "A".repeat(44),
      "A".repeat(42) + "B",
      "A".repeat(42) + "=",
      "A".repeat(43) + "\n",
    ]
  ) {
    assert.equal(isPin(text), false, JSON.stringify(text));
  }
});

function selfSigned(kind: readonly string[]): string {
  const name = ["-subj", "/CN=test", "-days", "1", "-nodes", "-keyout", "/dev/null"];
  return new TextDecoder().decode(openssl(["req", "-x509", "-newkey", ...kind, ...name]));
}
