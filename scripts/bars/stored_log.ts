/** What a room's log holds on disk, looked at without a server. */
import { openPrivately } from "../../server/store/connection.ts";
import { openStore } from "../../server/store/mod.ts";

export interface StoredLog {
  /** The texts in their order; the first has the `seq` 1. */
  readonly texts: readonly string[];
  /** Whether there is no hole in the `seq`. */
  readonly gapless: boolean;
  /** What SQLite's check of the whole file says: "ok". */
  readonly integrity: string;
}

const pageSize = 10_000;

export function readStoredLog(data: string, roomName: string): StoredLog {
  const path = `${data}/server/chat.db`;
  const integrity = integrityOf(path);
  const store = openStore(path);
  try {
    const room = store.rooms.rooms().find(({ name }) => name === roomName);
    if (room === undefined) throw new Error(`The room ${roomName} is missing`);
    const texts: string[] = [];
    let gapless = true;
    for (;;) {
      const page = [...store.events.after(room.id, texts.length, pageSize)];
      for (const { seq, text } of page) {
        if (seq !== texts.length + 1) gapless = false;
        texts.push(text ?? "");
      }
      if (page.length < pageSize) return { texts, gapless, integrity };
    }
  } finally {
    store.close();
  }
}

/** How many of these messages are not in the log exactly once at the `seq` that they were acknowledged with. */
export function falselyAcknowledged(
  { texts }: StoredLog,
  acknowledged: ReadonlyMap<string, number>,
): { readonly missing: number; readonly repeated: number } {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const missing = [...acknowledged].filter(([text, seq]) => texts[seq - 1] !== text).length;
  const repeated = [...counts.values()].filter((count) => count > 1).length;
  return { missing, repeated };
}

function integrityOf(path: string): string {
  const database = openPrivately(path);
  try {
    return String(database.prepare("PRAGMA integrity_check").get()?.integrity_check);
  } finally {
    database.close();
  }
}
