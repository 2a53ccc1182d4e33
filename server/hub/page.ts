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
