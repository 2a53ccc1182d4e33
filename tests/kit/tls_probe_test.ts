import assert from "node:assert/strict";
import { withDirectory } from "./directory.ts";
import { everything, handshake, LaxServer, suitesOfTls12 } from "./tls_probe.ts";

Deno.test("what a chat server refuses, the probe can reach at a server that accepts it", () =>
  withDirectory(async (directory) => {
    await using lax = await LaxServer.start(directory);
    for (const version of ["-tls1", "-tls1_1"]) {
      assert.notEqual((await handshake(lax.port, version, "-cipher", everything)).suite, undefined, version);
    }
    for (const name of ["AES128-SHA", "ECDHE-ECDSA-AES128-SHA256", "AES256-GCM-SHA384"]) {
      assert.ok(suitesOfTls12().some((suite) => suite.name === name), name);
      const { suite } = await handshake(lax.port, "-tls1_2", "-cipher", `${name}:@SECLEVEL=0`);
      assert.equal(suite, name);
    }
  }));
