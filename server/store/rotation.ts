import {
  rootKeyFile,
  type RootKeys,
  type RotationStep,
  startRotation,
  stepRotation,
} from "../keyring/mod.ts";
import { emptyLog, inTransaction, reasonOf } from "./connection.ts";
import { openAsItIs, type OpenDatabase } from "./database.ts";
import { prepareRotation } from "./key_rows.ts";
import { StoreTrouble } from "./trouble.ts";

/** How long a step waits for a busy server to let it in, in milliseconds. */
const stepWaitMs = 10_000;

/** A rotation of the root key of a database, which a server may be using. To be closed. */
export interface Rotation {
  /** Begins it, or finds one that was begun and not finished. Throws a Trouble, and then nothing was changed. */
  start(): "begun" | "resumed";
  /** Throws a Trouble; then everything can be read as before, and a next rotation goes on from here. */
  step(): RotationStep;
  close(): void;
}

/** Where root keys are that nothing but old backups needs. */
export function retiredKeysPath(rootKeyPath: string): string {
  return `${rootKeyPath}.retired`;
}

/** Throws a Trouble. */
export function openRotation(path: string, rootKeyPath: string): Rotation {
  const rootKeys = rootKeyFile(rootKeyPath);
  return rotationOn(
    openAsItIs(path, rootKeys, stepWaitMs),
    rootKeys,
    rootKeyFile(retiredKeysPath(rootKeyPath)),
  );
}

export function rotationOn(
  { database, keyring }: OpenDatabase,
  rootKeys: RootKeys,
  retired: RootKeys,
): Rotation {
  const rows = prepareRotation(database);
  // Every step is a writing transaction, also those that write to the files alone: nobody makes keys meanwhile.
  const alone = <Result>(work: () => Result): Result => {
    try {
      return inTransaction(database, work);
    } catch (error) {
      if (!/database is locked/.test(reasonOf(error))) throw error;
      throw new StoreTrouble(
        "The database is too busy to rotate its keys. Try again when less goes on",
        error,
      );
    }
  };
  return {
    start: () =>
      alone(() => {
        keyring.check();
        return startRotation(rootKeys);
      }),
    step() {
      const step = alone(() => stepRotation(rows, rootKeys, retired));
      // The log still has the keys as the old root key wrapped them.
      if (step.done) emptyLog(database);
      return step;
    },
    close: () => database.close(),
  };
}
