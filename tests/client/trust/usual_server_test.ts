import assert from "node:assert/strict";
import { ensureCertificates } from "../../../certs/mod.ts";
import { KnownServers } from "../../../client/trust/known_servers.ts";
import { usualServer } from "../../../client/trust/mod.ts";
import { withDirectory } from "../../kit/directory.ts";
import { withServer } from "../../kit/server.ts";
import { testWorld } from "../../kit/world.ts";

const world = testWorld();

Deno.test("The server of this machine is found where it really listens", () =>
  withServer(({ data, port }) => {
    assert.deepEqual(usualServer(data, world.clock), { host: "127.0.0.1", port });
    return Promise.resolve();
  }));

Deno.test("An address that this machine does not have any more stands for the machine itself", () =>
  withAddressFile('{"host":"203.0.113.7","port":7000,"pin":"x"}', (data) => {
    assert.deepEqual(usualServer(data, world.clock), { host: "127.0.0.1", port: 7_000 });
  }));

for (const text of ["", "null", "{", '{"host":"127.0.0.1"}', '{"host":"127.0.0.1","port":0}']) {
  Deno.test(`What is no address leads nowhere: ${text || "nothing"}`, () =>
    withAddressFile(text, (data) => assert.equal(usualServer(data, world.clock), undefined)));
}

Deno.test("Without a server on this machine it is the known one that was used last", () =>
  withDirectory(async (data) => {
    assert.equal(usualServer(data, world.clock), undefined);
    const { authorityPem } = await ensureCertificates({ directory: `${data}/certificates`, world });
    const known = new KnownServers(data, world.clock);
    const [one, two] = [{ host: "fd00::20", port: 7_443 }, { host: "chat.example.com", port: 8_000 }];
    for (const address of [one, two]) {
      await known.remember(address, authorityPem);
      assert.deepEqual(usualServer(data, world.clock), address);
    }
    await known.used(one);
    assert.deepEqual(usualServer(data, world.clock), one);
    assert.equal(known.authorityOf(two), authorityPem);
  }));

async function withAddressFile(text: string, use: (data: string) => void): Promise<void> {
  await withDirectory((data) => {
    Deno.mkdirSync(`${data}/server`);
    Deno.writeTextFileSync(`${data}/server/address`, text);
    use(data);
  });
}
