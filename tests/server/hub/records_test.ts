import assert from "node:assert/strict";
import { Overlay } from "../../../server/hub/records.ts";
import { ailingStore } from "../../kit/ailing_store.ts";
import { TestHub } from "../../kit/hub.ts";

function setUp() {
  const store = ailingStore();
  const bench = new TestHub({}, store);
  const overlay = new Overlay<number, string>(bench.hub.journal, (key) => key === 1 ? "stored" : undefined);
  const change = { kind: "policy", name: "n", value: "v" } as const;
  const decide = () => bench.hub.journal.add({ changes: [change], committed: () => {}, failed: () => {} });
  return { store, bench, overlay, decide };
}

Deno.test("what was decided hides what is stored until it is stored itself", async () => {
  const { bench, overlay } = setUp();
  overlay.set(1, "decided");
  overlay.set(2, "new");
  overlay.set(1, undefined);
  assert.deepEqual([overlay.get(1), overlay.get(2), overlay.get(3)], [undefined, "new", undefined]);
  assert.deepEqual([...overlay.decided()], ["new"]);
  await bench.settle();
  assert.deepEqual([overlay.get(1), overlay.get(2)], ["stored", undefined]);
});

Deno.test("what was decided and could not be stored is forgotten", async () => {
  const { store, bench, overlay, decide } = setUp();
  store.fail();
  overlay.set(1, "decided");
  decide();
  await bench.settle();
  assert.equal(overlay.get(1), "stored");
});

Deno.test("what is decided while an earlier decision is being told stays until it is stored itself", async () => {
  const { bench, overlay } = setUp();
  bench.hub.journal.add({ changes: [], committed: () => overlay.set(1, "later"), failed: () => {} });
  overlay.set(1, "earlier");
  bench.hub.journal.commit();
  assert.equal(overlay.get(1), "later");
  await bench.settle();
  assert.equal(overlay.get(1), "stored");
});
