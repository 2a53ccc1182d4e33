/**
 * Gives space back, and with it traces: what was deleted is overwritten in the database file, but stands in the log until
 * that is emptied.
 */
import type { DatabaseSync } from "node:sqlite";
import { tryEmptyLog, unhurriedly } from "./connection.ts";
import { integer } from "./row.ts";

export interface Space {
  /** The pages of the database file that hold nothing. */
  freePages(): number;
  /** Gives at most so many of them back. The file becomes shorter when the log is emptied next. Throws NotCommitted. */
  giveBack(pages: number): void;
  /**
   * Moves what the log holds into the database file. False if another process is reading: then it is as it was. Throws
   * NotCommitted.
   */
  emptyLog(): boolean;
}

export function prepareSpace(database: DatabaseSync): Space {
  const free = database.prepare("PRAGMA freelist_count");
  return {
    freePages: () => integer(free.get() ?? {}, "freelist_count"),
    giveBack: (pages) =>
      // Not by `exec`, which would give one page back alone.
      unhurriedly(database, () => void database.prepare(`PRAGMA incremental_vacuum(${pages})`).all()),
    emptyLog: () => unhurriedly(database, () => tryEmptyLog(database)),
  };
}
