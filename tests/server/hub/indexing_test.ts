import assert from "node:assert/strict";
import { Indexing } from "../../../server/hub/indexing.ts";
import { ailingStore } from "../../kit/ailing_store.ts";
import { TestHub } from "../../kit/hub.ts";

/** A hub whose store can fail, with messages that nobody has looked for. */
async function talk(messages: number) {
  const store = ailingStore();
  const bench = new TestHub({}, store);
  const ana = await bench.newcomer("ana");
  for (let count = 0; count < messages; count++) {
    ana.say({ type: "send", room: "general", text: `tea ${count}` });
  }
  await bench.settle();
  return { store, bench, ana };
}

Deno.test("what was said is indexed some time later by itself", async () => {
  const { store, bench } = await talk(3);
  bench.hub.indexing.start();
  assert.equal(store.search.isBehind(), true);
  bench.clock.advance(1_000);
  assert.equal(store.search.isBehind(), false);
  bench.hub.indexing.stop();
});

Deno.test("indexing pauses often, so that others have their turn, and goes on until all is done", async () => {
  const { store, bench } = await talk(40);
  // Each look at the clock is a millisecond.
  const { clock } = bench;
  const ticking = { ...clock, monotonic: () => (clock.advance(1), clock.monotonic()) };
  const indexing = new Indexing(store, ticking, bench.world.log);
  indexing.start();
  clock.advance(1_000);
  assert.equal(store.search.isBehind(), true);
  clock.advance(10_000);
  assert.equal(store.search.isBehind(), false);
  indexing.stop();
});

Deno.test("a search indexes what little was said just before it, and tells where there is more", async () => {
  const { bench, store } = await talk(200);
  const { clock } = bench;
  const ticking = { ...clock, monotonic: () => (clock.advance(1), clock.monotonic()) };
  const indexing = new Indexing(store, ticking, bench.world.log);
  assert.equal(indexing.catchUp(), false);
  for (let times = 0; times < 10; times++) indexing.catchUp();
  assert.equal(indexing.catchUp(), true);
});

Deno.test("while the disk is full it is said once and tried again, and searches find what was indexed", async () => {
  const { store, bench, ana } = await talk(3);
  await ana.ask({ type: "search", text: "tea" });
  await ana.ask({ type: "send", room: "general", text: "tea last" });
  store.fail();
  const { results, indexed } = await ana.ask({ type: "search", text: "tea" });
  assert.equal(results.length, 3);
  assert.equal(indexed, false);
  bench.hub.indexing.start();
  bench.clock.advance(25_000);
  assert.equal(bench.logged("indexing_failed").length, 1);
  store.recover();
  bench.clock.advance(10_000);
  bench.hub.indexing.stop();
  const later = await ana.ask({ type: "search", text: "tea" });
  assert.deepEqual([later.results.length, later.indexed], [4, true]);
});
