/** What must be nowhere any more: many short strings of bytes, looked for in files all at once. */
import { Buffer } from "node:buffer";
import { DatabaseSync } from "node:sqlite";
import { filesBelow } from "./canaries.ts";

/** So many bytes of each are looked for: by chance they are nowhere else. */
const traceBytes = 8;

/** Traces as latin1, each of `traceBytes` characters. */
export type Traces = ReadonlySet<string>;

/** What the database of a stopped server, or a copy of it, holds of the messages and files in these rooms. */
export function tracesOf(database: string, roomIds: readonly number[]): Traces {
  const traces = new Set<string>();
  using open = new DatabaseSync(database);
  const rooms = roomIds.join(", ");
  const sealed = [
    `SELECT text AS bytes FROM event WHERE text IS NOT NULL AND room_id IN (${rooms})`,
    `SELECT text AS bytes FROM revision WHERE room_id IN (${rooms})`,
    `SELECT details AS bytes FROM file WHERE room_id IN (${rooms})`,
    `SELECT details AS bytes FROM content WHERE room_id IN (${rooms})`,
  ];
  for (const { bytes } of sealed.flatMap((sql) => open.prepare(sql).all())) {
    if (bytes instanceof Uint8Array) traces.add(endOf(Buffer.from(bytes).toString("latin1")));
  }
  return traces;
}

/** What stands in the search index for the words in it. */
export function indexTraces(database: string): Traces {
  using open = new DatabaseSync(database);
  open.exec("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search, row)");
  const terms = open.prepare("SELECT term FROM temp.words").all();
  // The index may share the beginning of one with another's, and there are words that stand for rooms and people.
  return new Set(terms.map(({ term }) => endOf(String(term))).filter((end) => end.length === traceBytes));
}

function endOf(text: string): string {
  return text.slice(-traceBytes);
}

/** Those that are in one of the files below `directory`. */
export function tracesIn(directory: string, traces: Traces): Traces {
  // Few places begin as one of them does: the others are passed over without making a string.
  const beginnings = new Uint8Array(2 ** 24);
  for (const trace of traces) beginnings[beginningOf(Buffer.from(trace, "latin1"), 0)] = 1;
  const found = new Set<string>();
  for (const path of filesBelow(directory)) {
    const bytes = Deno.readFileSync(path), buffer = Buffer.from(bytes.buffer);
    for (let at = 0; at + traceBytes <= bytes.length; at++) {
      if (beginnings[beginningOf(bytes, at)] === 0) continue;
      const here = buffer.toString("latin1", at, at + traceBytes);
      if (traces.has(here)) found.add(here);
    }
  }
  return found;
}

function beginningOf(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
}
