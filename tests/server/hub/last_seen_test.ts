import assert from "node:assert/strict";
import { TestHub } from "../../kit/hub.ts";
import { openStore, type Store } from "../../../server/store/mod.ts";

Deno.test("a device was last seen when its last session ended, also after a restart", async () => {
  const bench = new TestHub();
  const ana = await bench.newcomer("ana");
  bench.clock.advance(86_400_000);
  const leftAt = bench.clock.now();
  ana.leave();
  bench.clock.advance(1_000);
  await bench.settle();
  const [login] = bench.store.people.loginsOf(ana.guest.account.id);
  assert.equal(login?.used, leftAt);
});

Deno.test("the ends of a crowd's sessions are stored in one batch", async () => {
  const { store, commits } = countingStore();
  const bench = new TestHub({}, store);
  const crowd = [];
  for (let count = 0; count < 20; count++) crowd.push(await bench.newcomer(`user${count}`));
  commits.length = 0;
  for (const visitor of crowd) visitor.leave();
  bench.hub.lastSeen.flush();
  await bench.settle();
  assert.deepEqual(commits, [20]);
});

/** A store that writes down how many changes each batch has. */
function countingStore(): { store: Store; commits: number[] } {
  const real = openStore(":memory:");
  const commits: number[] = [];
  const commit: Store["commit"] = (batch) => {
    commits.push(batch.length);
    real.commit(batch);
  };
  return { store: { ...real, commit }, commits };
}
