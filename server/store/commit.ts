/** Carries out changes: a batch is stored whole or not at all. */
import type { DatabaseSync } from "node:sqlite";
import type { Keyring } from "../keyring/mod.ts";
import { prepareAccountExecutors } from "./account_changes.ts";
import type { Change, ChangeKind } from "./change.ts";
import { inTransaction } from "./connection.ts";
import type { Executors } from "./executors.ts";
import { prepareFileExecutors } from "./file_changes.ts";
import { prepareMessageExecutors } from "./message_changes.ts";
import { prepareRoomExecutors } from "./room_changes.ts";
import { NotCommitted } from "./trouble.ts";

/**
 * Returns the function that stores a batch in one transaction: when it returns, everything is on disk; when it throws
 * NotCommitted, nothing was changed.
 */
export function prepareCommit(database: DatabaseSync, keyring: Keyring): (batch: readonly Change[]) => void {
  const executors: Executors = {
    ...prepareAccountExecutors(database, keyring),
    ...prepareRoomExecutors(database, keyring),
    ...prepareMessageExecutors(database, keyring),
    ...prepareFileExecutors(database, keyring),
  };
  return (batch) => {
    try {
      inTransaction(database, () => {
        keyring.refresh();
        for (const change of batch) execute(executors, change);
      });
    } catch (error) {
      keyring.forget();
      throw isBug(error) ? error : new NotCommitted(error);
    }
  };
}

/** What breaks the schema's rules was decided wrongly: memory and disk disagree, and nothing may go on. */
function isBug(error: unknown): boolean {
  return error instanceof Error && /constraint|datatype mismatch|cannot store/.test(error.message);
}

function execute<K extends ChangeKind>(executors: Executors, change: Extract<Change, { kind: K }>): void {
  const executor: (change: Extract<Change, { kind: K }>) => void = executors[change.kind as K];
  executor(change);
}
