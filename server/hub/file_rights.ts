/** Who may have a file. */
import { Refusal } from "../../shared/protocol/mod.ts";
import type { KeptFile } from "../store/mod.ts";
import type { Account } from "./account.ts";
import type { Hub } from "./hub.ts";
import { messageIn } from "./message.ts";

/**
 * A file that the account may read: it came with a message in a room that they are in, or they have uploaded it and not
 * sent it yet. Throws `no_such_file` in the same words whether there is none or it is not for them.
 */
export function readableFile(hub: Hub, account: Account, id: string): KeptFile {
  const kept = hub.store.files.file(id);
  const room = kept && hub.rooms.withId(kept.file.roomId);
  if (kept === undefined || room === undefined || !account.memberships.has(room.name)) throw noSuchFile();
  const { seq, accountId } = kept.file;
  if (seq === undefined) {
    if (accountId !== account.id) throw noSuchFile();
    return kept;
  }
  try {
    messageIn(hub, room, seq);
    return kept;
  } catch (error) {
    throw error instanceof Refusal && error.code === "no_such_message" ? noSuchFile() : error;
  }
}

export function noSuchFile(): Refusal {
  return new Refusal("no_such_file", "There is no such file, or it is gone, or you may not have it");
}
