import assert from "node:assert/strict";
import { openSocketControl, type SocketControl } from "../../../server/mod.ts";
import { withDirectory } from "../../kit/directory.ts";
import { established } from "../../kit/sockets.ts";

function control(): SocketControl {
  const opened = openSocketControl();
  assert.ok(opened !== undefined, "the C library can be opened where tests run");
  return opened;
}

async function connected(use: (server: Deno.TcpConn, client: Deno.TcpConn) => Promise<void>): Promise<void> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  using client = await Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port });
  using server = await listener.accept();
  await use(server, client);
}

Deno.test("a connection that is shut down ends for the other side, and is no other connection", () =>
  connected(async (server, client) => {
    await connected(async (otherServer, otherClient) => {
      control().shutDown([server]);
      assert.equal(await client.read(new Uint8Array(1)), null);
      assert.equal(established(server.localAddr.port, server.remoteAddr.port), 0);
      assert.equal(established(otherServer.localAddr.port, otherServer.remoteAddr.port), 1);
      await otherServer.write(Uint8Array.of(7));
      assert.equal(await otherClient.read(new Uint8Array(1)), 1);
    });
  }));

Deno.test("the same connection seen from its client is not taken for the server's", () =>
  connected(async (server, client) => {
    // Both ends are in this process: only the descriptor whose own port is the asked one may be touched.
    control().shutDown([{ localAddr: client.localAddr, remoteAddr: client.remoteAddr }]);
    assert.equal(await server.read(new Uint8Array(1)), null);
  }));

Deno.test("a connection that is gone already costs next to nothing to look for", () => {
  const gone = { transport: "tcp", hostname: "127.0.0.1", port: 1 } as const;
  const sockets = control();
  const start = performance.now();
  for (let times = 0; times < 20; times++) sockets.shutDown([{ localAddr: gone, remoteAddr: gone }]);
  // To look through all descriptors that there may be took a tenth of a second each time.
  assert.ok(performance.now() - start < 600);
});

Deno.test("a listening socket is found by its port, and one that is not there is not", () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  assert.equal(control().noDelay(listener.addr), true);
  assert.equal(control().noDelay({ transport: "tcp", hostname: "127.0.0.1", port: 1 }), false);
});

Deno.test("sockets that have no address of the internet are nobody's connection, whatever was looked at before", () =>
  withDirectory(async (directory) => {
    // The runtime's own are such ones: shut down, they end the process.
    using local = Deno.listen({ transport: "unix", path: `${directory}/socket` });
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    using client = await Deno.connect({ transport: "unix", path: `${directory}/socket` });
    using server = await local.accept();
    assert.deepEqual(control().connectionsAt(listener.addr.port), []);
    await server.write(Uint8Array.of(7));
    assert.equal(await client.read(new Uint8Array(1)), 1);
  }));

Deno.test("the other sides of a port's connections are found, and one of them can be shut down", () =>
  connected(async (server, client) => {
    const found = control().connectionsAt(server.localAddr.port);
    assert.equal(found.length, 1);
    found[0]?.shutDown();
    assert.equal(await client.read(new Uint8Array(1)), null);
  }));

Deno.test("the test for open sockets sees those that are open", () =>
  connected(async (server, client) => {
    assert.equal(established(server.localAddr.port, client.localAddr.port), 1);
    await Promise.resolve();
  }));
