import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:tls";
import { X509Certificate } from "node:crypto";
import { checkEveryMs } from "../../certs/renewal.ts";
import { systemClock } from "../../shared/world/mod.ts";
import type { LineClient } from "../kit/line_client.ts";
import { type TestServer, withServer } from "../kit/server.ts";
import { testWorld } from "../kit/world.ts";

/** A server whose leaf is gone from the disk, so that `checkNow` renews it; `onGap` runs while its door is shut. */
async function withRenewal(
  use: (server: TestServer, checkNow: () => void) => Promise<void>,
  onGap: (server: TestServer) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const clock = systemClock();
  let checkNow = (): void => assert.fail("The server does not look after its leaf");
  let sleep = clock.sleep;
  const every: typeof clock.every = (ms, run) => {
    if (ms === checkEveryMs) checkNow = run;
    return clock.every(ms, run);
  };
  const world = testWorld({ clock: { ...clock, every, sleep: (ms) => sleep(ms) } });
  await withServer(async (server) => {
    Deno.removeSync(`${server.directory}/leaf.pem`);
    sleep = async (ms) => {
      sleep = clock.sleep;
      await clock.sleep(ms);
      await onGap(server);
    };
    await use(server, checkNow);
  }, { world });
}

/** The fingerprint of the leaf that whoever connects now is shown, verified. Undefined while the door is shut. */
async function shownLeaf({ port, authorityPem }: TestServer): Promise<string | undefined> {
  const socket = connect({ host: "127.0.0.1", port, servername: "chat.internal", ca: [authorityPem] });
  try {
    await once(socket, "secureConnect");
    return socket.getPeerCertificate().fingerprint256;
  } catch (error) {
    assert.match(String(error), /ECONNREFUSED|ECONNRESET|disconnected/);
    return undefined;
  } finally {
    socket.destroy();
  }
}

function storedLeaf({ directory }: TestServer): string {
  return new X509Certificate(Deno.readTextFileSync(`${directory}/leaf.pem`)).fingerprint256;
}

async function untilLogged({ world }: TestServer, event: string): Promise<void> {
  while (!world.lines.some((line) => line.includes(`"event":"${event}"`))) await turn();
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Whoever connects is shown the new leaf, and may talk; those who were there talk on. */
async function assertRenewed(server: TestServer, old: string | undefined, ana: LineClient): Promise<void> {
  let shown: string | undefined;
  do shown = await shownLeaf(server); while (shown === undefined || shown === old);
  assert.equal(shown, storedLeaf(server));
  using ben = await server.register("ben");
  await ana.send("general", "still here");
  assert.equal((await ben.hearWhere(({ text }) => text === "still here")).from, "ana");
}

Deno.test("while the leaf is renewed sessions go on, and whoever comes is shown the new one", () =>
  withRenewal(async (server, checkNow) => {
    using ana = await server.register("ana");
    const old = await shownLeaf(server);
    checkNow();
    for (let at = 0; at < 20; at++) await ana.send("general", `meanwhile ${at}`);
    await assertRenewed(server, old, ana);
  }));

Deno.test("whoever comes while the door is shut is refused, and let in when they come again", () => {
  const refused = Promise.withResolvers<unknown>();
  return withRenewal(
    async (server, checkNow) => {
      using ana = await server.register("ana");
      const old = await shownLeaf(server);
      checkNow();
      assert.ok(await refused.promise instanceof Deno.errors.ConnectionRefused);
      await assertRenewed(server, old, ana);
    },
    async ({ port }) =>
      refused.resolve(await Deno.connect({ hostname: "127.0.0.1", port }).catch((error) => error)),
  );
});

Deno.test("a port that another program takes in that moment is told of, and taken back when it is free", () => {
  const taken = Promise.withResolvers<Deno.TcpListener>();
  return withRenewal(async (server, checkNow) => {
    using ana = await server.register("ana");
    const old = await shownLeaf(server);
    checkNow();
    {
      using _other = await taken.promise;
      await untilLogged(server, "port_lost");
      await ana.send("general", "nobody new, but us");
    }
    await assertRenewed(server, old, ana);
    assert.equal(server.world.lines.filter((line) => line.includes("port_lost")).length, 1);
  }, async ({ port }) => await taken.resolve(Deno.listen({ hostname: "127.0.0.1", port })));
});

Deno.test("a system that is out of descriptors in that moment shuts nobody out for good", () => {
  const { listenTls } = Deno;
  return withRenewal(async (server, checkNow) => {
    using ana = await server.register("ana");
    const old = await shownLeaf(server);
    checkNow();
    await assertRenewed(server, old, ana);
  }, () => {
    Deno.listenTls = () => {
      Deno.listenTls = listenTls;
      throw new Error("Too many open files (os error 24)");
    };
    return Promise.resolve();
  });
});

Deno.test("a server that is stopped while its door is shut stays shut", () => {
  const gap = Promise.withResolvers<void>(), stopped = Promise.withResolvers<void>();
  return withRenewal(async (server, checkNow) => {
    checkNow();
    await gap.promise;
    await server.stop();
    stopped.resolve();
    await turn();
    assert.equal(await shownLeaf(server), undefined);
  }, async () => {
    gap.resolve();
    await stopped.promise;
  });
});
