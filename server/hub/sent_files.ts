/** Files that come with messages. */
import { limits, Refusal, type RoomEvent } from "../../shared/protocol/mod.ts";
import type { KeptFile } from "../store/mod.ts";
import { noSuchFile } from "./file_rights.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import type { Room } from "./room.ts";

type ShownFiles = RoomEvent<"message">["files"];

/** The files that somebody sends: their own, whole, uploaded to this room, and not sent before. Throws a Refusal. */
export function filesToSend(
  hub: Hub,
  { account }: Guest,
  room: Room,
  ids: readonly string[] = [],
): readonly KeptFile[] {
  if (ids.length > limits.filesPerMessage || new Set(ids).size < ids.length) {
    throw new Refusal(
      "bad_request",
      `"files" takes at most ${limits.filesPerMessage} files, each of them once`,
    );
  }
  return ids.map((id) => {
    const kept = hub.store.files.file(id);
    if (kept === undefined || kept.file.accountId !== account.id || kept.file.roomId !== room.row.id) {
      throw noSuchFile();
    }
    if (kept.file.seq !== undefined || hub.uploads.sending.has(id)) throw noSuchFile();
    return kept;
  });
}

/** As a message shows them; undefined where there are none. */
export function showFiles(files: readonly KeptFile[] = []): ShownFiles {
  if (files.length === 0) return undefined;
  return files.map(({ file, content: { size, width, height, preview } }) => ({
    file: file.id,
    name: file.name,
    size,
    mediaType: file.mediaType,
    width: width || undefined,
    height: height || undefined,
    preview: preview === undefined ? undefined : true,
  }));
}
