/** What decisions look at: what the store has, with what was decided and is still on its way there. */
import { Buffer } from "node:buffer";
import type { Log } from "../../shared/world/mod.ts";
import {
  type LoginRow,
  type ResetRow,
  type SecondFactorRow,
  type Store,
  type ThreadMarkRow,
  Unreadable,
} from "../store/mod.ts";
import type { Journal } from "./journal.ts";

export interface Records {
  /** By login id. */
  readonly logins: Overlay<string, LoginRow>;
  /** Password hashes, by account id. What was damaged on the disk is as if it were not there, and the log has it. */
  readonly passwords: Overlay<number, string>;
  /** By account id. As above. */
  readonly secondFactors: Overlay<number, SecondFactorRow>;
  /** The hashes of recovery codes that were not used, by account id. */
  readonly recoveryCodes: Overlay<number, readonly Uint8Array[]>;
  /** By the hash of the secret in base64url. */
  readonly resets: Overlay<string, ResetRow>;
  /** By account, room and first message, as `threadKey` says. */
  readonly threadMarks: Overlay<string, ThreadMarkRow>;
}

export function recordsOn({ people, threads }: Store, journal: Journal, log: Log): Records {
  const unlessDamaged = <Row>(read: () => Row | undefined): Row | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      log.error("secret_damaged", { reason: error.message });
      return undefined;
    }
  };
  return {
    logins: new Overlay(journal, (id) => people.login(id)),
    passwords: new Overlay(journal, (accountId) => unlessDamaged(() => people.passwordOf(accountId))),
    secondFactors: new Overlay(
      journal,
      (accountId) => unlessDamaged(() => people.secondFactorOf(accountId)),
    ),
    recoveryCodes: new Overlay(journal, (accountId) => people.recoveryCodesOf(accountId)),
    resets: new Overlay(journal, (hash) => people.reset(new Uint8Array(Buffer.from(hash, "base64url")))),
    threadMarks: new Overlay(journal, (key) => {
      const [accountId = 0, roomId = 0, seq = 0] = key.split(" ").map(Number);
      return threads.mark(accountId, roomId, seq);
    }),
  };
}

/** What the mark of an account at the thread that begins with `seq` is found by. */
export function threadKey(accountId: number, roomId: number, seq: number): string {
  return `${accountId} ${roomId} ${seq}`;
}

/** One kind of row: as it is stored, but for those about which something else was decided. */
export class Overlay<Key, Row> {
  readonly #journal: Journal;
  readonly #stored: (key: Key) => Row | undefined;
  readonly #decided: Map<Key, { readonly row: Row | undefined }> = new Map();

  constructor(journal: Journal, stored: (key: Key) => Row | undefined) {
    this.#journal = journal;
    this.#stored = stored;
  }

  get(key: Key): Row | undefined {
    const decided = this.#decided.get(key);
    return decided === undefined ? this.#stored(key) : decided.row;
  }

  /** To be called in the turn in which the changes that lead to this are given to the journal: they succeed or fail together. */
  set(key: Key, row: Row | undefined): void {
    const decided = { row };
    this.#decided.set(key, decided);
    const forget = () => {
      if (this.#decided.get(key) === decided) this.#decided.delete(key);
    };
    this.#journal.add({ changes: [], committed: forget, failed: forget });
  }

  /** The rows that were decided and are not yet stored. */
  *decided(): Generator<Row, void> {
    for (const { row } of this.#decided.values()) if (row !== undefined) yield row;
  }
}
