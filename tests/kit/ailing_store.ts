import { rootKeysInMemory } from "../../server/keyring/mod.ts";
import { openDatabase } from "../../server/store/database.ts";
import type { Store } from "../../server/store/mod.ts";
import { storeOn } from "../../server/store/store.ts";

/** A real store in memory that can be made to fail as a disk does, and to recover. */
export interface AilingStore extends Store {
  /** From now on nothing can be written. */
  fail(): void;
  /** From now on there is no room for anything that needs a new page. */
  fill(): void;
  recover(): void;
}

export function ailingStore(): AilingStore {
  const opened = openDatabase(":memory:", rootKeysInMemory());
  const { database } = opened;
  const pragma = (text: string) => database.exec(`PRAGMA ${text}`);
  return {
    ...storeOn(opened),
    fail: () => pragma("query_only = ON"),
    fill: () => pragma(`max_page_count = ${Number(database.prepare("PRAGMA page_count").get()?.page_count)}`),
    recover() {
      pragma("query_only = OFF");
      pragma("max_page_count = 1000000");
    },
  };
}
