/** `chat export server`: all that a server knows, in a form that other programs read. */
import type { Clock } from "../shared/world/mod.ts";
import { type Exported, exportServer } from "./exporting/mod.ts";
import { contentsIn, databaseIn, refuseNoServer } from "./server.ts";
import { openStoreBeside, rootKeyPathBeside } from "./store/mod.ts";

/** Exports the server in `directory`, running or not, to the folder `to`. Rejects with a Trouble. */
export async function makeExport(
  directory: string,
  to: string,
  clock: Clock,
  rootKeyPath: string = rootKeyPathBeside(databaseIn(directory)),
): Promise<Exported> {
  refuseNoServer(directory);
  const store = openStoreBeside(databaseIn(directory), rootKeyPath);
  try {
    const owner = store.people.accounts().find(({ role }) => role === "owner");
    const name = owner === undefined ? "a server without an owner" : `the server of ${owner.name}`;
    return await exportServer({ store, contents: contentsIn(directory), name, clock }, to);
  } finally {
    store.close();
  }
}
