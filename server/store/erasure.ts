/** Sees to it that what was taken away does not stay behind in the log. */
import type { DatabaseSync } from "node:sqlite";
import type { Change, ChangeKind } from "./change.ts";

/** What puts something else, or nothing, in the place of a text. */
const erasing: ReadonlySet<ChangeKind> = new Set<ChangeKind>([
  "message_text",
  "message_deleted",
  "reaction_gone",
  "draft",
  "no_draft",
  "profile",
  "room_changed",
]);

/**
 * Pages that become free are zeros in the database (`secure_delete`), but the log keeps them as they were until it is
 * written over: on a quiet server for weeks.
 */
export class Erasure {
  readonly #database: DatabaseSync;
  #isDue = false;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** To be called with each batch that is on disk. */
  stored(batch: readonly Change[]): void {
    this.#isDue ||= batch.some(({ kind }) => erasing.has(kind));
  }

  /** Empties the log, if there may be something in it; while somebody else reads the database it is left for later. */
  finish(): void {
    if (!this.#isDue) return;
    const waitMs = Number(this.#database.prepare("PRAGMA busy_timeout").get()?.timeout);
    this.#database.exec("PRAGMA busy_timeout = 0");
    try {
      this.#isDue = this.#database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get()?.busy !== 0;
    } finally {
      this.#database.exec(`PRAGMA busy_timeout = ${waitMs}`);
    }
  }
}
