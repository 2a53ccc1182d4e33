import assert from "node:assert/strict";
import { limits } from "../../shared/protocol/mod.ts";
import { LineClient } from "../kit/line_client.ts";
import { withServerAndClock } from "../kit/server.ts";

const rates = { "limits.rates": "on" };

Deno.test("of too many who wait for nothing the first are let go, and whoever logs in is not among them", () =>
  withServerAndClock(async (server, clock) => {
    const waiting: LineClient[] = [];
    for (let at = 0; at < limits.strangersPerNetwork; at++) waiting.push(await server.connect());
    clock.advance(2 * limits.earnestMs);
    const ana = await server.register("ana");
    const [first, ...others] = waiting;
    assert.equal((await first?.hear())?.code, "auth_timeout");
    await first?.ended();
    assert.equal((await ana.send("general", "hello")).type, "ok");
    for (const other of others) assert.equal((await other.ask({ type: "ping" })).type, "pong");
    for (const client of [ana, ...others]) client.close();
  }, rates));

Deno.test("an address that leaves many connections unused has two seconds for its first request, and gets in", () =>
  withServerAndClock(async (server, clock) => {
    (await server.register("ana")).close();
    for (let at = 0; at <= limits.strangersLeft; at++) {
      const client = await server.connect();
      await client.ask({ type: "quit" });
      await client.ended();
    }
    const silent = await server.connect();
    clock.advance(limits.hastyAuthenticationMs + 1_001);
    assert.equal((await silent.hear()).code, "auth_timeout");
    await silent.ended();
    using again = await server.connect();
    await again.login("ana");
  }, rates));

Deno.test("of too many handshakes from one address that do not go on the first are thrown out", () =>
  withServerAndClock(async (server, clock) => {
    const silent: Deno.TcpConn[] = [];
    for (let at = 0; at < 64; at++) {
      silent.push(await Deno.connect({ hostname: "127.0.0.1", port: server.port }));
    }
    // The server has accepted them all when somebody who came later has been greeted.
    (await server.connect()).close();
    clock.advance(limits.earnestMs + 1);
    (await server.connect()).close();
    assert.equal(await silent[0]?.read(new Uint8Array(1)), null);
    for (const conn of silent) conn.close();
  }, rates));
