import assert from "node:assert/strict";
import { join } from "node:path";
import { type Certificates, ensureCertificates, keepLeafFresh } from "../../certs/mod.ts";
import { checkEveryMs } from "../../certs/renewal.ts";
import { withDirectory } from "../kit/directory.ts";
import { manualClock } from "../kit/manual_clock.ts";
import { testWorld } from "../kit/world.ts";

const dayMs = 86_400_000;

Deno.test("a running server is handed a fresh leaf before the old one ends, and only then", () =>
  withDirectory(async (directory) => {
    const clock = manualClock();
    const options = { directory, world: testWorld({ clock }) };
    const first = await ensureCertificates(options);
    const handed = Promise.withResolvers<Certificates>();
    clock.advance(60 * dayMs);
    const stop = keepLeafFresh(options, first, handed.resolve);
    clock.advance(checkEveryMs);
    const fresh = await handed.promise;
    assert.equal(fresh.made, "renewed");
    assert.equal(fresh.notAfter, clock.now() + 90 * dayMs);
    stop();
    assert.equal(Deno.readTextFileSync(join(directory, "leaf.pem")), fresh.leafPem);
  }));

Deno.test("a fresh leaf that could not be put to use is offered again", () =>
  withDirectory(async (directory) => {
    const clock = manualClock();
    const options = { directory, world: testWorld({ clock }) };
    const inUse = await ensureCertificates(options);
    Deno.removeSync(join(directory, "leaf.pem"));
    const offers: string[] = [];
    const taken = Promise.withResolvers<void>();
    const stop = keepLeafFresh(options, inUse, ({ leafPem }) => {
      offers.push(leafPem);
      if (offers.length === 1) throw new Error("the door is busy");
      taken.resolve();
    });
    clock.advance(checkEveryMs);
    while (!options.world.lines.some((line) => line.includes("the door is busy"))) await turn();
    clock.advance(checkEveryMs);
    await taken.promise;
    stop();
    assert.equal(offers[0], offers[1]);
  }));

Deno.test("a check that fails is logged, and its server runs on", () =>
  withDirectory(async (directory) => {
    const clock = manualClock();
    const options = { directory, world: testWorld({ clock }) };
    const inUse = await ensureCertificates(options);
    Deno.writeTextFileSync(join(directory, "authority.pem"), "x");
    const stop = keepLeafFresh(options, inUse, () => assert.fail("nothing is fresh"));
    clock.advance(checkEveryMs);
    while (!options.world.lines.some((line) => line.includes("leaf_not_renewed"))) await turn();
    stop();
  }));

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
