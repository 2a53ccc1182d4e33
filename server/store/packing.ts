/** Joins pages of the table of events that have become half empty, so that they can be given back. */
import type { DatabaseSync } from "node:sqlite";

/**
 * So many events around those that are packed must have no text. SQLite joins a page with the two beside it, and what it
 * moves within a page leaves a copy behind that nothing overwrites: so no text may be on any of the three.
 */
const margin = 200;

/** To be called within the transaction that takes messages away. */
export interface Packing {
  /** Packs as many events of a room as `count`, some way before the event `seq`, where nothing but their places is left. */
  before(roomId: number, seq: number, count: number): void;
}

export function preparePacking(database: DatabaseSync): Packing {
  const text = database.prepare(
    "SELECT 1 FROM event WHERE room_id = ? AND seq >= ? AND seq < ? AND text IS NOT NULL LIMIT 1",
  );
  const taken = database.prepare("DELETE FROM event WHERE room_id = ? AND seq >= ? AND seq < ? RETURNING *");
  const columns = database.prepare("SELECT name FROM pragma_table_info('event')").all().map(({ name }) =>
    name
  );
  const put = database.prepare(
    `INSERT INTO event (${columns.join(", ")}) VALUES (${columns.map((column) => `:${column}`).join(", ")})`,
  );
  return {
    before(roomId, seq, count) {
      const end = seq - margin, start = end - count;
      if (start <= margin || text.get(roomId, start - margin, seq) !== undefined) return;
      // SQLite looks at how full a page is only where a row is deleted.
      for (const row of taken.all(roomId, start, end)) put.run(row);
    },
  };
}
