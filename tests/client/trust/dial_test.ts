import assert from "node:assert/strict";
import { ensureCertificates } from "../../../certs/mod.ts";
import { dial, NoConnection, type NoConnectionKind, type TrustedServer } from "../../../client/trust/mod.ts";
import type { Answer, Signal } from "../../../shared/protocol/mod.ts";
import type { World } from "../../../shared/world/mod.ts";
import { withDirectory } from "../../kit/directory.ts";
import { falseServers, RightServer } from "../../kit/false_servers.ts";
import { manualClock } from "../../kit/manual_clock.ts";
import { hello, type Peer, scriptedServer } from "../../kit/scripted_server.ts";
import { testWorld } from "../../kit/world.ts";

function trusted(port: number, pem: string): TrustedServer {
  return { address: { host: "127.0.0.1", port }, pem, pin: "", fingerprint: "", words: "", because: "known" };
}

function isKind(kind: NoConnectionKind, message: RegExp): (error: Error) => boolean {
  return (error) => {
    assert.ok(error instanceof NoConnection, String(error));
    assert.equal(error.kind, kind);
    assert.match(error.message, message);
    return true;
  };
}

/** A server of plain TCP that says `greeting`, listens, and waits for the other side to hang up. */
async function withPlainServer(
  greeting: string,
  use: (port: number, accepted: Promise<void>) => Promise<void>,
): Promise<void> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accepted = Promise.withResolvers<void>();
  const serving = (async () => {
    const connection = await listener.accept();
    accepted.resolve();
    await connection.write(new TextEncoder().encode(greeting));
    while (await connection.read(new Uint8Array(1_000)).catch(() => null) !== null);
    connection.close();
  })();
  await use(listener.addr.port, accepted.promise);
  await serving;
}

function saying(frame: Answer | Signal): (peer: Peer) => Promise<void> {
  return async (peer) => {
    await peer.say(frame);
    await peer.hear();
  };
}

async function authorityOf(directory: string, world: World = testWorld()): Promise<string> {
  return (await ensureCertificates({ directory, world })).authorityPem;
}

Deno.test("A server that speaks no TLS is no chat server", () =>
  withDirectory(async (directory) => {
    const pem = await authorityOf(directory);
    await withPlainServer("SSH-2.0-OpenSSH_9.2\r\n", (port) =>
      assert.rejects(
        dial(testWorld(), trusted(port, pem)),
        isKind("not_chat", /is not a chat server\. Check the port/),
      ));
  }));

Deno.test("A server that says nothing is given up after ten seconds", () =>
  withDirectory(async (directory) => {
    const pem = await authorityOf(directory);
    const clock = manualClock();
    await withPlainServer("", async (port, accepted) => {
      const dialling = dial(testWorld({ clock }), trusted(port, pem));
      await accepted;
      clock.advance(10_000);
      await assert.rejects(dialling, isKind("timed_out", /does not answer in time/));
    });
  }));

Deno.test("A server that hangs up at once may be busy", () =>
  withDirectory(async (directory) => {
    const talk = (peer: { hangUp(): void }): Promise<void> => Promise.resolve(peer.hangUp());
    await using server = await scriptedServer({ directory, talk });
    await assert.rejects(
      dial(testWorld(), trusted(server.address.port, server.pem)),
      isKind("unreachable", /hung up at once/),
    );
  }));

Deno.test("A server of a newer version says that this program is to be updated", () =>
  withDirectory(async (directory) => {
    const talk = saying({ ...hello, protocol: 2 });
    await using server = await scriptedServer({ directory, talk });
    await assert.rejects(
      dial(testWorld(), trusted(server.address.port, server.pem)),
      isKind("version", /speaks a newer version .* Update this program/),
    );
  }));

Deno.test("A server whose first words are others is no chat server", () =>
  withDirectory(async (directory) => {
    await using server = await scriptedServer({ directory, talk: saying({ type: "pong", re: "1" }) });
    await assert.rejects(
      dial(testWorld(), trusted(server.address.port, server.pem)),
      isKind("not_chat", /is not a chat server/),
    );
  }));

Deno.test("A certificate that is not valid by this machine's clock blames the clock or the server", () =>
  withDirectory(async (directory) => {
    const then = testWorld({ clock: manualClock(Date.UTC(2020, 0, 1)) });
    const certificates = await ensureCertificates({ directory, world: then });
    await using server = await scriptedServer({
      directory,
      certificates,
      talk: async (peer) => {
        await peer.hear();
      },
    });
    await assert.rejects(
      dial(testWorld(), trusted(server.address.port, server.pem)),
      isKind("clock", /is not valid now\. By this machine's clock it is 20\d\d-/),
    );
  }));

Deno.test("Nothing is said to a server whose certificate is false in any way, and the right one is heard", () =>
  withDirectory(async (data) => {
    const right = await RightServer.in(data);
    const { authorityPem: pem, ...leaf } = await right.leaf();
    const talk = saying(hello);
    for (const { says, certificates } of await falseServers(right)) {
      await using server = await scriptedServer({ directory: data, certificates, talk });
      const isRefused = /ServerNotTrusted|clock/;
      await assert.rejects(
        dial(testWorld(), trusted(server.address.port, pem)),
        (error: Error) => isRefused.test(`${error.name} ${error instanceof NoConnection && error.kind}`),
        says,
      );
      assert.deepEqual(server.heard, [], says);
    }
    const certificates = { authorityPem: pem, ...leaf };
    await using server = await scriptedServer({ directory: data, certificates, talk });
    const { line } = await dial(testWorld(), trusted(server.address.port, pem));
    line.close();
  }));
