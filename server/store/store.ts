import { dirname } from "node:path";
import { rootKeyFile, type RootKeys, rootKeysInMemory } from "../keyring/mod.ts";
import type { Change } from "./change.ts";
import { prepareCommit } from "./commit.ts";
import { openAsItIs, type OpenDatabase, openDatabase } from "./database.ts";
import { type EventReader, prepareEvents } from "./events.ts";
import { type ExpiryReader, prepareExpiry } from "./expiry.ts";
import { type FileReader, prepareFiles } from "./files.ts";
import { type MessageDetails, prepareMessageDetails } from "./message_details.ts";
import { type PeopleReader, preparePeople } from "./people.ts";
import { type PersonalReader, preparePersonal } from "./personal.ts";
import { prepareRooms, type RoomReader } from "./rooms.ts";
import { prepareSearch, type SearchReader } from "./search.ts";
import { prepareSpace, type Space } from "./space.ts";
import { prepareThreads, type ThreadReader } from "./threads.ts";

/**
 * What the server remembers. Reading sees what was committed; writing is a batch of changes, whole or not at all.
 * Texts and secrets are sealed on their way in and opened on their way out.
 */
export interface Store {
  readonly events: EventReader;
  readonly details: MessageDetails;
  readonly people: PeopleReader;
  readonly personal: PersonalReader;
  readonly rooms: RoomReader;
  readonly threads: ThreadReader;
  readonly search: SearchReader;
  readonly files: FileReader;
  readonly expiry: ExpiryReader;
  readonly space: Space;
  /** Whether this opening has sealed what an earlier version had stored in clear. */
  readonly wasClear: boolean;
  /** When it returns, the batch is on disk; when it throws NotCommitted, nothing of it was stored. */
  commit(batch: readonly Change[]): void;
  /** A secret of 32 bytes that is always the same for this server and purpose, and is nowhere in its database in clear. */
  derive(purpose: string): Uint8Array;
  close(): void;
}

/**
 * Opens the store in the file `path`, or `:memory:`. A new one gets a root key if there is none in the file
 * `rootKeyPath`. Throws StoreTrouble, or KeyTrouble if the root key of one that is not new is missing or another one.
 */
export function openStore(path: string, rootKeyPath: string = rootKeyPathBeside(path)): Store {
  return storeOn(openDatabase(path, rootKeysFor(path, rootKeyPath)));
}

/** Opens the store beside a server that may be running on it: its format is left as it is. Throws StoreTrouble. */
export function openStoreBeside(path: string, rootKeyPath: string = rootKeyPathBeside(path)): Store {
  return storeOn(openAsItIs(path, rootKeysFor(path, rootKeyPath)));
}

/** Where the root key of a database is unless somebody says otherwise. */
export function rootKeyPathBeside(path: string): string {
  return `${dirname(path)}/keys/root.key`;
}

export function storeOn({ database, keyring, wasClear }: OpenDatabase): Store {
  return {
    events: prepareEvents(database, keyring),
    details: prepareMessageDetails(database, keyring),
    people: preparePeople(database, keyring),
    personal: preparePersonal(database, keyring),
    rooms: prepareRooms(database, keyring),
    threads: prepareThreads(database),
    search: prepareSearch(database, keyring),
    files: prepareFiles(database, keyring),
    expiry: prepareExpiry(database),
    space: prepareSpace(database),
    wasClear,
    commit: prepareCommit(database, keyring),
    derive: (purpose) => keyring.derive(purpose),
    close: () => database.close(),
  };
}

function rootKeysFor(path: string, rootKeyPath: string): RootKeys {
  return path === ":memory:" ? rootKeysInMemory() : rootKeyFile(rootKeyPath);
}
