import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureCertificates } from "../../../certs/mod.ts";
import { withDirectory } from "../../kit/directory.ts";
import { foreignCertificates } from "../../kit/foreign_authority.ts";
import { hello, type ScriptedServer, scriptedServer } from "../../kit/scripted_server.ts";
import { testWorld } from "../../kit/world.ts";

const probe = fileURLToPath(new URL("./dial_probe.ts", import.meta.url));

async function dialFrom(
  system: Readonly<Record<string, string>>,
  server: ScriptedServer,
  authorityFile: string,
): Promise<{ readonly deno: string; readonly dial: string }> {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--allow-net",
      "--allow-read",
      "--allow-env",
      probe,
      String(server.address.port),
      authorityFile,
    ],
    env: system,
  }).output();
  assert.equal(new TextDecoder().decode(stderr).replaceAll(/.*(Check|Download).*\n/g, ""), "");
  return JSON.parse(new TextDecoder().decode(stdout));
}

Deno.test("A certificate of an authority in the system's store never stands in for the server's own", () =>
  withDirectory(async (directory) => {
    await ensureCertificates({ directory: join(directory, "own"), world: testWorld() });
    const certificates = foreignCertificates(directory);
    const foreign = join(directory, "authority.pem");
    await using server = await scriptedServer({
      directory,
      certificates,
      talk: async (peer) => {
        await peer.say(hello);
        await peer.hear();
      },
    });
    const systems: readonly Readonly<Record<string, string>>[] = [
      { DENO_TLS_CA_STORE: "system", SSL_CERT_FILE: foreign },
      { DENO_CERT: foreign },
    ];
    for (const system of systems) {
      const trusted = join(directory, "own", "authority.pem");
      const outcome = await dialFrom(system, server, trusted);
      assert.equal(
        outcome.deno,
        "connected",
        "The system does not trust the foreign authority: this proves nothing",
      );
      assert.equal(outcome.dial, "ServerNotTrusted");
      assert.equal((await dialFrom(system, server, foreign)).dial, "connected");
    }
    assert.deepEqual(server.heard, []);
  }));
