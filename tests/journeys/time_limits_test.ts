import assert from "node:assert/strict";
import { LineClient } from "../kit/line_client.ts";
import { withServerAndClock } from "../kit/server.ts";
import { established } from "../kit/sockets.ts";

/** Resolves when the other side has ended a connection, in whatever way. */
async function gone(conn: Deno.TcpConn): Promise<void> {
  const buffer = new Uint8Array(1_024);
  try {
    while (await conn.read(buffer) !== null);
  } catch (error) {
    if (!(error instanceof Deno.errors.ConnectionReset)) throw error;
  }
}

Deno.test("a connection that begins no handshake is thrown out after ten seconds, and its socket is free", () =>
  withServerAndClock(async (server, clock) => {
    using silent = await Deno.connect({ hostname: "127.0.0.1", port: server.port });
    using half = await Deno.connect({ hostname: "127.0.0.1", port: server.port });
    // The head of a record that never comes whole.
    await half.write(Uint8Array.of(0x16, 0x03, 0x01, 0x02, 0x00, 0x01));
    // Whoever comes later has been accepted after both.
    using client = await server.connect();
    clock.advance(9_000);
    assert.equal((await client.ask({ type: "ping" })).type, "pong");
    const { port: silentPort } = silent.localAddr;
    assert.equal(established(server.port, silentPort), 1);
    clock.advance(1_001);
    await Promise.all([gone(silent), gone(half)]);
    assert.equal(established(server.port, silentPort), 0);
    assert.equal((await client.ask({ type: "ping" })).type, "pong");
  }));

Deno.test("a stranger who does not log in within 15 seconds is told so and let go", () =>
  withServerAndClock(async (server, clock) => {
    using stranger = await server.connect();
    clock.advance(14_000);
    assert.equal((await stranger.ask({ type: "ping" })).type, "pong");
    clock.advance(2_000);
    assert.equal((await stranger.hear()).code, "auth_timeout");
    await stranger.ended();
  }));

Deno.test("a guest who answers pings stays, one who is silent is gone after 75 seconds and offline", () =>
  withServerAndClock(async (server, clock) => {
    using ana = await server.register("ana");
    using ben = await server.register("ben");
    await ana.hearPresence("ben");
    ben.stopReading();
    for (let seconds = 0; seconds < 76; seconds += 2) {
      clock.advance(2_000);
      assert.equal((await ana.ask({ type: "ping" })).type, "pong");
    }
    clock.advance(2_000);
    assert.deepEqual((await ana.hearPresence("ben")).status, "offline");
    assert.equal(established(server.port, ben.conn.localAddr.port), 0);

    clock.advance(31_000);
    assert.equal((await ana.hearWhere(({ type }) => type === "ping")).type, "ping");
    assert.equal((await ana.ask({ type: "ping" })).type, "pong");
    clock.advance(29_000);
    assert.equal((await ana.send("general", "still here")).type, "ok");
  }));

Deno.test("a handshake that is under way when the server stops does not hold it up", () =>
  withServerAndClock(async (server) => {
    using silent = await Deno.connect({ hostname: "127.0.0.1", port: server.port });
    using client = await LineClient.open(server.port, server.authorityPem);
    const start = performance.now();
    await server.stop();
    await gone(silent);
    assert.ok(performance.now() - start < 5_000, "it is not waited for its ten seconds");
    await client.ended();
  }));
