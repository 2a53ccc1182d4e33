import assert from "node:assert/strict";
import { withServer } from "../kit/server.ts";

/** What `openssl s_client` says of a connection that is to be ended at once. */
async function handshake(port: number, ...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await new Deno.Command("openssl", {
    args: ["s_client", "-connect", `127.0.0.1:${port}`, "-servername", "chat.internal", ...args],
    stdin: "null",
  }).output();
  return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
}

// Old versions need the lowest security level, or openssl itself would refuse to offer them.
const old = ["-cipher", "ALL:@SECLEVEL=0"];

Deno.test("TLS 1.2 and 1.3 are spoken, older versions and CBC are refused by the server", async (t) => {
  await withServer(async (server) => {
    const { port } = server;

    await t.step("accepted", async () => {
      assert.match(await handshake(port, "-tls1_3"), /New, TLSv1\.3, Cipher is TLS_/);
      assert.match(await handshake(port, "-tls1_2"), /New, TLSv1\.2, Cipher is ECDHE-ECDSA-/);
      assert.match(await handshake(port, "-tls1_3", "-alpn", "chat/1"), /ALPN protocol: chat\/1/);
      assert.match(await handshake(port, "-tls1_3"), /No ALPN negotiated/);
    });

    await t.step("refused", async () => {
      const refusals: readonly (readonly string[])[] = [
        ["-tls1", ...old],
        ["-tls1_1", ...old],
        ["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA256:ECDHE-ECDSA-AES256-SHA384"],
        ["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA"],
      ];
      for (const args of refusals) {
        const said = await handshake(port, ...args);
        assert.match(said, /New, \(NONE\), Cipher is \(NONE\)/, args.join(" "));
        assert.match(said, /alert (protocol version|handshake failure)/, args.join(" "));
      }
      assert.match(await handshake(port, "-alpn", "http/1.1"), /alert no application protocol/);
    });

    await t.step("plain text gets no answer of the protocol, and the server goes on", async () => {
      for (const text of ['{"type":"ping","id":"1"}\n', "GET / HTTP/1.1\r\n\r\n", "\u0000".repeat(100)]) {
        using plain = await Deno.connect({ hostname: "127.0.0.1", port });
        await plain.write(new TextEncoder().encode(text));
        const heard = await new Response(plain.readable).bytes();
        // At most a TLS alert: 7 bytes that begin with its type.
        assert.ok(heard.length <= 7 && (heard[0] ?? 0x15) === 0x15);
      }
      using client = await server.connect();
      assert.equal((await client.ask({ type: "ping" })).type, "pong");
    });
  });
});
