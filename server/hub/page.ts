import { encodedBytes, limits } from "../../shared/protocol/mod.ts";

/** The first `limit` items, or fewer where they would take more than `bytesMax`; `more` says whether any were left. */
export function cutPage<Item>(
  items: Iterable<Item>,
  limit: number,
  bytesMax: number = limits.pageBytes,
): { items: Item[]; more: boolean } {
  let bytes = 0;
  const page: Item[] = [];
  for (const item of items) {
    bytes += encodedBytes(item);
    if (page.length === limit || (bytes > bytesMax && page.length > 0)) {
      return { items: page, more: true };
    }
    page.push(item);
  }
  return { items: page, more: false };
}

/** The first items, as far as they weigh no more than `max` together; at least one, if there is any. */
export function cutByWeight<Item>(
  items: readonly Item[],
  weightOf: (item: Item) => number,
  max: number,
): Item[] {
  let weight = 0;
  const end = items.findIndex((item, index) => {
    weight += weightOf(item);
    return weight > max && index > 0;
  });
  return items.slice(0, end === -1 ? items.length : end);
}
