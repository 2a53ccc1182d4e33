import assert from "node:assert/strict";
import { join } from "node:path";
import { type Certificates, ensureCertificates } from "../../certs/mod.ts";
import { serverName } from "../../shared/identity/mod.ts";
import { pinOf } from "../../shared/pin/mod.ts";
import { modeOf, withDirectory } from "../kit/directory.ts";
import { openssl } from "../kit/openssl.ts";
import { testWorld } from "../kit/world.ts";

Deno.test("certificates are made on the first start and kept on the second", () =>
  withDirectory(async (directory) => {
    const world = testWorld();
    const first = await ensureCertificates({ directory, world });
    assert.equal(first.made, "new");
    assert.deepEqual(await ensureCertificates({ directory, world }), { ...first, made: "kept" });
    assert.equal(world.lines.filter((line) => line.includes("leaf_issued")).length, 1);
  }));

Deno.test("certificates and keys are for their owner alone", () =>
  withDirectory(async (parent) => {
    const directory = join(parent, "server");
    await ensureCertificates({ directory, world: testWorld() });
    for (const name of [".", "keys"]) assert.equal(modeOf(join(directory, name)), 0o700, name);
    for (const name of ["authority.pem", "leaf.pem", "keys/authority.key", "keys/leaf.key"]) {
      assert.equal(modeOf(join(directory, name)), 0o600, name);
    }
  }));

Deno.test("certificates pass the strict checks of openssl", () =>
  withDirectory(async (directory) => {
    await ensureCertificates({ directory, world: testWorld(), names: ["chat.example", "192.0.2.7"] });
    const [authority, leaf] = [join(directory, "authority.pem"), join(directory, "leaf.pem")];
    for (const name of [serverName, "localhost", "chat.example"]) {
      openssl([
        "verify",
        "-x509_strict",
        "-purpose",
        "sslserver",
        "-verify_hostname",
        name,
        "-CAfile",
        authority,
        leaf,
      ]);
    }
    for (const address of ["127.0.0.1", "::1", "192.0.2.7"]) {
      openssl([
        "verify",
        "-x509_strict",
        "-purpose",
        "sslserver",
        "-verify_ip",
        address,
        "-CAfile",
        authority,
        leaf,
      ]);
    }
    openssl(["verify", "-x509_strict", "-CAfile", authority, authority]);
    assert.match(text(["x509", "-in", leaf, "-noout", "-serial"]), /^serial=[4-7][0-9A-F]{31}\n$/);
  }));

Deno.test("a client that trusts the authority is let in under the server's name", () =>
  withDirectory(async (directory) => {
    const certificates = await ensureCertificates({ directory, world: testWorld() });
    await handshake(certificates, serverName, [certificates.authorityPem]);
  }));

Deno.test("a client that does not trust the authority stops the handshake", () =>
  withDirectory((directory) =>
    withDirectory(async (other) => {
      const certificates = await ensureCertificates({ directory, world: testWorld() });
      const stranger = await ensureCertificates({ directory: other, world: testWorld() });
      assert.notEqual(pinOf(stranger.authorityPem), pinOf(certificates.authorityPem));
      await assert.rejects(handshake(certificates, serverName, []), /UnknownIssuer/);
      await assert.rejects(
        handshake(certificates, serverName, [stranger.authorityPem]),
        /UnknownIssuer|BadSignature/,
      );
      await assert.rejects(
        handshake(certificates, "other.internal", [certificates.authorityPem]),
        /not valid for name/,
      );
    })
  ));

async function handshake(certificates: Certificates, hostname: string, caCerts: string[]): Promise<void> {
  const { leafPem, leafKeyPem } = certificates;
  using listener = Deno.listenTls({ hostname: "127.0.0.1", port: 0, cert: leafPem, key: leafKeyPem });
  const serving = listener.accept().then(async (accepted) => {
    using connection = accepted;
    await connection.handshake().catch(() => "the client says why");
  });
  const socket = await Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port });
  try {
    using connection = await Deno.startTls(socket, { hostname, caCerts });
    await connection.handshake();
  } finally {
    await serving;
  }
}

function text(args: readonly string[]): string {
  return new TextDecoder().decode(openssl(args));
}
