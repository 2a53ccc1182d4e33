import assert from "node:assert/strict";
import { withServer } from "../kit/server.ts";
import { answerInClear, everything, handshake, isAlertAtMost } from "../kit/tls_probe.ts";

Deno.test("TLS 1.2 and 1.3 are spoken, older versions and CBC are refused by the server", async (t) => {
  await withServer(async (server) => {
    const { port } = server;

    await t.step("accepted", async () => {
      assert.match((await handshake(port, "-tls1_3")).suite ?? "", /^TLS_/);
      assert.match((await handshake(port, "-tls1_2")).suite ?? "", /^ECDHE-ECDSA-/);
      assert.match((await handshake(port, "-tls1_3", "-alpn", "chat/1")).said, /ALPN protocol: chat\/1/);
      assert.match((await handshake(port, "-tls1_3")).said, /No ALPN negotiated/);
    });

    await t.step("refused", async () => {
      const refusals: readonly (readonly string[])[] = [
        ["-tls1", "-cipher", everything],
        ["-tls1_1", "-cipher", everything],
        ["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA256:ECDHE-ECDSA-AES256-SHA384"],
        ["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA"],
      ];
      for (const args of refusals) {
        const { suite, said } = await handshake(port, ...args);
        assert.equal(suite, undefined, args.join(" "));
        assert.match(said, /alert (protocol version|handshake failure)/, args.join(" "));
      }
      assert.match((await handshake(port, "-alpn", "http/1.1")).said, /alert no application protocol/);
    });

    await t.step("plain text gets no answer of the protocol, and the server goes on", async () => {
      for (const text of ['{"type":"ping","id":"1"}\n', "GET / HTTP/1.1\r\n\r\n", "\u0000".repeat(100)]) {
        assert.ok(isAlertAtMost(await answerInClear(port, text)));
      }
      using client = await server.connect();
      assert.equal((await client.ask({ type: "ping" })).type, "pong");
    });
  });
});
