import type { DatabaseSync } from "node:sqlite";
import type { Change } from "./change.ts";
import { prepareCommit } from "./commit.ts";
import { openAsItIs, openDatabase } from "./database.ts";
import { type EventReader, prepareEvents } from "./events.ts";
import { type PeopleReader, preparePeople } from "./people.ts";
import { prepareRooms, type RoomReader } from "./rooms.ts";

/** What the server remembers. Reading sees what was committed; writing is a batch of changes, whole or not at all. */
export interface Store {
  readonly events: EventReader;
  readonly people: PeopleReader;
  readonly rooms: RoomReader;
  /** When it returns, the batch is on disk; when it throws NotCommitted, nothing of it was stored. */
  commit(batch: readonly Change[]): void;
  close(): void;
}

/** Opens the store in the file `path`, or `:memory:`. Throws StoreTrouble. */
export function openStore(path: string): Store {
  return storeOn(openDatabase(path));
}

/** Opens the store beside a server that may be running on it: its format is left as it is. Throws StoreTrouble. */
export function openStoreBeside(path: string): Store {
  return storeOn(openAsItIs(path));
}

function storeOn(database: DatabaseSync): Store {
  return {
    events: prepareEvents(database),
    people: preparePeople(database),
    rooms: prepareRooms(database),
    commit: prepareCommit(database),
    close: () => database.close(),
  };
}
