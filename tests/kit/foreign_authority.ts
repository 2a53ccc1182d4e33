import { join } from "node:path";
import type { Certificates } from "../../certs/mod.ts";
import { openssl } from "./openssl.ts";

const extensions =
  "[leaf]\nsubjectAltName=DNS:chat.internal,DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n" +
  "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n";

/**
 * An authority that has nothing to do with a chat server's own, and a certificate of it for `chat.internal`: what a
 * company's inspecting proxy makes.
 */
export function foreignCertificates(
  directory: string,
): Pick<Certificates, "authorityPem" | "leafPem" | "leafKeyPem"> {
  const at = (name: string): string => join(directory, name);
  Deno.writeTextFileSync(at("extensions"), extensions);
  for (const name of ["authority", "leaf"]) {
    openssl([
      "genpkey",
      "-algorithm",
      "EC",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-out",
      at(`${name}.key`),
    ]);
  }
  openssl(
    ["req", "-x509", "-new", "-key", at("authority.key"), "-subj", "/CN=Inspector", "-days", "30"].concat([
      "-addext",
      "keyUsage=critical,keyCertSign",
      "-out",
      at("authority.pem"),
    ]),
  );
  openssl(["req", "-new", "-key", at("leaf.key"), "-subj", "/CN=chat", "-out", at("leaf.csr")]);
  openssl(
    ["x509", "-req", "-in", at("leaf.csr"), "-CA", at("authority.pem"), "-CAkey", at("authority.key")].concat(
      [
        "-CAcreateserial",
        "-days",
        "10",
        "-extfile",
        at("extensions"),
        "-extensions",
        "leaf",
        "-out",
        at("leaf.pem"),
      ],
    ),
  );
  const [authorityPem = "", leafPem = "", leafKeyPem = ""] = ["authority.pem", "leaf.pem", "leaf.key"]
    .map((name) => Deno.readTextFileSync(at(name)));
  return { authorityPem, leafPem, leafKeyPem };
}
