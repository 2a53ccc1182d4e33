import assert from "node:assert/strict";
import { cutByWeight, cutPage } from "../../../server/hub/page.ts";
import { encodedBytes, limits } from "../../../shared/protocol/mod.ts";

Deno.test("a page has as many items as asked for, and says whether there are more", () => {
  assert.deepEqual(cutPage([], 3), { items: [], more: false });
  assert.deepEqual(cutPage([1, 2, 3], 3), { items: [1, 2, 3], more: false });
  assert.deepEqual(cutPage([1, 2, 3, 4], 3), { items: [1, 2, 3], more: true });
});

Deno.test("a page ends at 256 KiB", () => {
  const item = "x".repeat(1_022);
  const fits = limits.pageBytes / encodedBytes(item);
  assert.equal(fits, 256);
  const items = Array.from({ length: 300 }, () => item);
  assert.deepEqual(cutPage(items.slice(0, fits), 1_000).more, false);
  const { items: page, more } = cutPage(items, 1_000);
  assert.deepEqual([page.length, more], [fits, true]);
});

Deno.test("a page counts bytes on the wire, not characters", () => {
  const items = Array.from({ length: 10 }, () => "😀".repeat(8_000));
  const { items: page, more } = cutPage(items, 1_000);
  assert.deepEqual([page.length, more], [8, true]);
});

Deno.test("one item that is longer than a page is a page: paging always gets on", () => {
  const long = "x".repeat(limits.pageBytes + 1);
  assert.deepEqual(cutPage([long, "y"], 10), { items: [long], more: true });
});

Deno.test("items are cut off where they weigh too much together, but for the first", () => {
  const cut = (...weights: number[]) => cutByWeight(weights, (weight) => weight, 10);
  assert.deepEqual(cut(), []);
  assert.deepEqual(cut(5, 5, 0), [5, 5, 0]);
  assert.deepEqual(cut(5, 5, 1, 0), [5, 5]);
  assert.deepEqual(cut(11, 0, 1), [11]);
});
