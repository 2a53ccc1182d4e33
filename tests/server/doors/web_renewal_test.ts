import assert from "node:assert/strict";
import { ensureCertificates } from "../../../certs/mod.ts";
import { WebDoor } from "../../../server/doors/mod.ts";
import { systemClock } from "../../../shared/world/mod.ts";
import { withDirectory } from "../../kit/directory.ts";
import { testWorld } from "../../kit/world.ts";

Deno.test("a web door goes on at the same port with another certificate, also while a WebSocket is open", () =>
  withDirectory(async (directory) => {
    const world = { ...testWorld(), clock: systemClock() };
    const [first, second] = await Promise.all(
      ["first", "second"].map((name) =>
        ensureCertificates({ directory: `${directory}/${name}`, world, names: ["127.0.0.1"] })
      ),
    );
    assert.ok(first !== undefined && second !== undefined);
    const door = new WebDoor({ host: "127.0.0.1", port: 0 }, first, answer, undefined, world);
    door.open();
    const at = `https://127.0.0.1:${door.address.port}/`;
    using before = Deno.createHttpClient({ caCerts: [first.authorityPem] });
    using after = Deno.createHttpClient({ caCerts: [second.authorityPem] });
    assert.equal(await (await fetch(at, { client: before })).text(), "here");
    const socket: WebSocket = Reflect.construct(WebSocket, [`${at}ws`, { client: before }]);
    await new Promise((resolve) => socket.addEventListener("open", resolve));
    const closed = new Promise((resolve) => socket.addEventListener("close", resolve));

    await door.renew(second);
    assert.equal(await (await fetch(at, { client: after })).text(), "here");
    using newcomer = Deno.createHttpClient({ caCerts: [first.authorityPem] });
    await assert.rejects(fetch(at, { client: newcomer }));
    await closed;
    await door.close(1_000);
  }));

function answer(request: Request): Promise<Response> {
  if (!request.url.endsWith("/ws")) return Promise.resolve(new Response("here"));
  return Promise.resolve(Deno.upgradeWebSocket(request).response);
}
