import assert from "node:assert/strict";
import { makeConfig, openServer } from "../../server/mod.ts";
import { withDirectory } from "../kit/directory.ts";
import { testWorld } from "../kit/world.ts";

Deno.test("a port for browsers that nobody asked for may be taken; one that was asked for may not", () =>
  withDirectory(async (directory) => {
    using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const world = testWorld();
    const settings = { "server.host": "127.0.0.1", "server.port": "0" };
    const asked = makeConfig(`${directory}/a`, settings, { "server.web_port": String(taken.addr.port) });
    await assert.rejects(openServer(asked, world, undefined), /taken by another program.*--web-port/s);

    const server = await openServer({ ...asked, isWebPortAsked: false }, world, undefined);
    assert.equal(server.webAddress, undefined);
    assert.ok(world.lines.some((line) => line.includes("no_web_door")));
    await server.stop();
  }));
