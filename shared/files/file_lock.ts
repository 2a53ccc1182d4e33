import { DatabaseSync } from "node:sqlite";
import type { Clock } from "../world/mod.ts";
import { FileTrouble } from "./file_trouble.ts";

/** How long `lockFile` waits for another holder: a lock is held for a moment, or for as long as a program runs. */
export const lockWaitMsMax = 10_000;

const retryMs = 25;

/** An exclusive lock. It ends by `release`, or with the process that holds it, however that ends. */
export interface FileLock {
  /** Calling it twice does nothing. */
  release(): void;
}

/**
 * Waits until nobody else holds the lock, in this process or another, and takes it. Throws `FileTrouble` after
 * `lockWaitMsMax` milliseconds, or if the file cannot be made.
 */
export async function lockFile(path: string, clock: Clock): Promise<FileLock> {
  const start = clock.monotonic();
  for (;;) {
    const lock = tryLockFile(path);
    if (lock !== undefined) return lock;
    if (clock.monotonic() - start >= lockWaitMsMax) {
      throw new FileTrouble(
        `lock "${path}"`,
        undefined,
        "another program keeps holding it. Stop that one, then try again",
      );
    }
    await clock.sleep(retryMs);
  }
}

/**
 * Takes the lock, or returns undefined when somebody holds it. The file is empty, belongs to the lock alone and stays
 * behind, which is harmless. Throws `FileTrouble` if it cannot be made.
 *
 * An open exclusive transaction of SQLite is the lock, since Deno 2.6 can only wait for a file lock (`FsFile.lock`),
 * never just try.
 */
export function tryLockFile(path: string): FileLock | undefined {
  const database = openLockFile(path);
  try {
    database.exec("PRAGMA journal_mode=MEMORY; BEGIN EXCLUSIVE");
  } catch (cause) {
    database.close();
    if (cause instanceof Error && cause.message.includes("database is locked")) return undefined;
    throw new FileTrouble(`lock "${path}"`, cause);
  }
  return {
    release() {
      if (database.isOpen) database.close();
    },
  };
}

function openLockFile(path: string): DatabaseSync {
  try {
    makeEmptyFile(path);
    return new DatabaseSync(path);
  } catch (cause) {
    throw new FileTrouble(`lock "${path}"`, cause);
  }
}

/** Never opens a file that is there: POSIX drops all of a process's locks on a file when it closes any handle to it. */
function makeEmptyFile(path: string): void {
  try {
    Deno.openSync(path, { createNew: true, write: true, mode: 0o600 }).close();
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AlreadyExists)) throw cause;
  }
}
