import assert from "node:assert/strict";
import { firstRequestMsMax, openPerNetworkMax, requestMsMax } from "../../../server/doors/lingering.ts";
import { sweepMs } from "../../../server/doors/web_door.ts";
import { type TestServer, withServerAndClock } from "../../kit/server.ts";
import { WebClient } from "../../kit/web_client.ts";

const wishes = { "server.web_port": "0" };

Deno.test("who does not even begin a handshake at the web door is thrown out", () =>
  withServerAndClock(async (server, clock) => {
    using silent = await reach(server);
    clock.advance(sweepMs);
    clock.advance(firstRequestMsMax);
    clock.advance(sweepMs);
    assert.equal(await silent.read(new Uint8Array(1)), null);
  }, wishes));

Deno.test("half a request and half a body are not waited for, and neither is a next request", () =>
  withServerAndClock(async (server, clock) => {
    using half = await reach(server, server.authorityPem);
    await say(half, "GET / HTTP/1.1\r\nHost: localhost\r\nX-");
    using body = await reach(server, server.authorityPem);
    const origin = `https://127.0.0.1:${server.webPort}`;
    await say(
      body,
      `POST /enter HTTP/1.1\r\nHost: 127.0.0.1:${server.webPort}\r\nOrigin: ${origin}\r\nContent-Length: 9\r\n\r\n{`,
    );
    using idle = await reach(server, server.authorityPem);
    await say(idle, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert.match(await hear(idle), /^HTTP\/1\.1 404/);
    clock.advance(sweepMs);
    clock.advance(requestMsMax);
    clock.advance(sweepMs);
    for (const socket of [half, body, idle]) assert.equal(await ended(socket), true);
  }, wishes));

Deno.test("a WebSocket stays though it is no request any more", () =>
  withServerAndClock(async (server, clock) => {
    using web = new WebClient(server);
    await web.register("ana");
    const line = await web.connect();
    await line.ask({ type: "resume" });
    for (let times = 0; times < 3; times++) {
      clock.advance(requestMsMax / 2);
      assert.equal((await line.ask({ type: "ping" })).type, "pong");
    }
    await line.close();
  }, wishes));

Deno.test("of a network with too many connections the longest silent ones go, and others come in", () =>
  withServerAndClock(async (server, clock) => {
    const sockets = await Promise.all(Array.from({ length: openPerNetworkMax + 20 }, () => reach(server)));
    clock.advance(sweepMs);
    using web = new WebClient(server);
    assert.equal((await web.fetch("/")).status, 404);
    const gone = sockets.map((socket) => socket.read(new Uint8Array(1)));
    for (let count = 0; count < 20; count++) assert.equal(await Promise.race(gone), null);
    for (const socket of sockets) socket.close();
    await Promise.allSettled(gone);
  }, wishes));

async function reach({ webPort: port = 0 }: TestServer, authorityPem?: string): Promise<Deno.Conn> {
  if (authorityPem === undefined) return await Deno.connect({ hostname: "127.0.0.1", port });
  const connection = await Deno.connectTls({ hostname: "127.0.0.1", port, caCerts: [authorityPem] });
  await connection.handshake();
  return connection;
}

async function say(connection: Deno.Conn, text: string): Promise<void> {
  await connection.write(new TextEncoder().encode(text));
}

async function hear(connection: Deno.Conn): Promise<string> {
  const bytes = new Uint8Array(4_096);
  return new TextDecoder().decode(bytes.subarray(0, await connection.read(bytes) ?? 0));
}

/** Whether it has ended, with or without the leave that TLS knows. */
async function ended(connection: Deno.Conn): Promise<boolean> {
  try {
    return await connection.read(new Uint8Array(1)) === null;
  } catch {
    return true;
  }
}
