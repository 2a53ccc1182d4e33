/** `chat user import`: takes in accounts from elsewhere, with the passwords that they had there. */
import { tryLockFile } from "../shared/files/mod.ts";
import type { World } from "../shared/world/mod.ts";
import { firstRoom } from "./hub/mod.ts";
import { databaseIn, refuseNoServer } from "./server.ts";
import { StartTrouble } from "./start_trouble.ts";
import { type Change, openStore, type Store } from "./store/mod.ts";
import { type ImportedUser, readUserFile } from "./user_file.ts";

export interface ImportOptions {
  /** The server's own directory. */
  readonly directory: string;
  readonly rootKeyPath?: string | undefined;
  /** What the file holds. */
  readonly text: string;
}

/** Takes in everybody or nobody. Returns how many. Throws a Trouble with every mistake. */
export function importUsers({ directory, rootKeyPath, text }: ImportOptions, world: World): number {
  const { users, mistakes } = readUserFile(text);
  if (mistakes.length > 0) throw nothingImported(mistakes);
  return withStore(directory, rootKeyPath, (store) => {
    const accounts = store.people.accounts();
    if (!accounts.some(({ role }) => role === "owner")) {
      throw new StartTrouble(
        "Nobody owns this server yet. Start it with chat serve, make the owner's account, then import",
      );
    }
    const taken = new Set(accounts.map(({ name }) => name));
    const known = users.filter(({ name }) => taken.has(name));
    if (known.length > 0) {
      throw nothingImported(known.map(({ line, name }) => `Line ${line}: "${name}" has an account already`));
    }
    const lastId = Math.max(...accounts.map(({ id }) => id));
    store.commit(changesFor(users, lastId, store, world.clock.now()));
    return users.length;
  });
}

function nothingImported(mistakes: readonly string[]): StartTrouble {
  return new StartTrouble(`Nobody was imported, since not everybody could be:\n${mistakes.join("\n")}`);
}

function withStore<Result>(
  directory: string,
  rootKeyPath: string | undefined,
  use: (store: Store) => Result,
): Result {
  refuseNoServer(directory);
  const lock = tryLockFile(`${directory}/lock`);
  if (lock === undefined) {
    throw new StartTrouble(
      `The server on ${directory} is running. Stop it, import, and start it again: nobody's messages are lost`,
    );
  }
  try {
    const store = openStore(databaseIn(directory), rootKeyPath);
    try {
      return use(store);
    } finally {
      store.close();
    }
  } finally {
    lock.release();
  }
}

/** Accounts that come in as if each had registered: they are in the first room, which has noted it. */
function changesFor(users: readonly ImportedUser[], lastId: number, store: Store, time: number): Change[] {
  const room = store.rooms.rooms().find(({ name }) => name === firstRoom);
  if (room === undefined) throw new Error(`The room "${firstRoom}" is missing`);
  return users.flatMap(({ name, role, passwordHash }, at): Change[] => {
    const accountId = lastId + 1 + at, seq = room.seq + 1 + at;
    const event = { seq, type: "joined" as const, accountId, time, text: undefined };
    return [
      { kind: "account", account: { id: accountId, name, role }, password: passwordHash, time },
      { kind: "member", roomId: room.id, accountId, read: seq },
      { kind: "event", roomId: room.id, event, nonce: undefined },
    ];
  });
}
