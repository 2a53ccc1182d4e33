import assert from "node:assert/strict";
import { expireSome } from "../../../server/hub/expiry.ts";
import { Reclaiming } from "../../../server/hub/reclaiming.ts";
import { openStore } from "../../../server/store/mod.ts";
import { indexTraces, tracesIn, tracesOf } from "../../../scripts/bars/traces.ts";
import { ailingStore } from "../../kit/ailing_store.ts";
import { withDirectory } from "../../kit/directory.ts";
import { TestHub } from "../../kit/hub.ts";

const room = "general", messages = 1_500, lifeMs = 10_000;

/** A text whose words are in no other message. */
function textOf(number: number): string {
  return `the ${number * 7919} and ${number * 104_729} of ${"many words ".repeat(10)}`;
}

Deno.test("what expired leaves nothing in the database, its log and the index, and its space comes back", () =>
  withDirectory(async (directory) => {
    const path = `${directory}/chat.db`, store = openStore(path);
    const bench = new TestHub({}, store);
    const ana = await bench.newcomer("ana");
    for (let number = 0; number < messages; number++) {
      ana.say({ type: "send", room, text: textOf(number), lifeMs });
      if (number % 100 === 0) await bench.settle();
    }
    await bench.settle();
    await ana.ask({ type: "edit", room, seq: 10, text: "another text" });
    while (store.search.isBehind()) store.search.advance((done) => done === 100);
    const traces = new Set([...tracesOf(path, [1]), ...indexTraces(path)]);
    assert.ok(traces.size > 2 * messages);
    const reclaiming = new Reclaiming(store, bench.clock, bench.world.log);
    reclaiming.start();
    bench.clock.advance(lifeMs);
    store.space.emptyLog();
    const before = Deno.statSync(path).size;
    assert.equal(tracesIn(directory, traces).size, traces.size);
    const general = bench.hub.rooms.named(room);
    assert.ok(general !== undefined);
    while (expireSome(bench.hub, general, 20) === "some");
    await ana.ask({ type: "send", room, text: "the last" });
    bench.clock.advance(60_000);
    assert.equal(Deno.statSync(`${path}-wal`).size, 0);
    const last = indexTraces(path);
    assert.deepEqual([...tracesIn(directory, traces)].filter((trace) => !last.has(trace)), []);
    const after = Deno.statSync(path).size, free = store.space.freePages();
    assert.ok(
      free <= 64 && after < before && after - free * 4096 < before * 0.6,
      `${after} of ${before}, ${free} free`,
    );
    reclaiming.stop();
    store.close();
  }));

Deno.test("a text that somebody deletes is in no file any more half a minute later", () =>
  withDirectory(async (directory) => {
    const path = `${directory}/chat.db`, store = openStore(path);
    const bench = new TestHub({}, store);
    const ana = await bench.newcomer("ana");
    const reclaiming = new Reclaiming(store, bench.clock, bench.world.log);
    reclaiming.start();
    bench.clock.advance(1_000);
    const { seq } = await ana.ask({ type: "send", room, text: "a slip" });
    const traces = tracesOf(path, [1]);
    await ana.ask({ type: "delete", room, seq });
    assert.equal(tracesIn(directory, traces).size, 1);
    bench.clock.advance(31_000);
    assert.equal(tracesIn(directory, traces).size, 0);
    reclaiming.stop();
    store.close();
  }));

Deno.test("a disk that fails is told of once, and gone on with when it works again", async () => {
  const store = ailingStore(), bench = new TestHub({}, store);
  const ana = await bench.newcomer("ana");
  for (let number = 0; number < 1_100; number++) {
    ana.say({ type: "send", room, text: textOf(number), lifeMs });
  }
  await bench.settle();
  while (store.search.isBehind()) store.search.advance((done) => done === 100);
  bench.clock.advance(lifeMs);
  const general = bench.hub.rooms.named(room);
  assert.ok(general !== undefined);
  while (expireSome(bench.hub, general, 100) === "some");
  assert.equal(store.search.order().gone, 1_100);
  const reclaiming = new Reclaiming(store, bench.clock, bench.world.log);
  reclaiming.start();
  store.fail();
  bench.clock.advance(5_000);
  assert.equal(bench.logged("reclaiming_failed").length, 1);
  assert.equal(store.search.order().gone, 1_100);
  store.recover();
  bench.clock.advance(5_000);
  assert.equal(store.search.order().gone, 0);
  reclaiming.stop();
});
