/** Stores what is known of files; their bytes lie beside the database. */
import type { DatabaseSync } from "node:sqlite";
import type { Keyring } from "../keyring/mod.ts";
import type { Executors } from "./executors.ts";
import { markOf } from "./file_marks.ts";
import { placeOfContent, placeOfFile, placeOfUpload } from "./places.ts";
import { string } from "./row.ts";

export type FileExecutors = Pick<
  Executors,
  "upload" | "no_upload" | "content" | "file" | "file_sent" | "no_file" | "no_discarded"
>;

export function prepareFileExecutors(database: DatabaseSync, keyring: Keyring): FileExecutors {
  return {
    ...prepareUploads(database, keyring),
    ...prepareWholeFiles(database, keyring),
    ...prepareGone(database),
  };
}

function prepareUploads(
  database: DatabaseSync,
  keyring: Keyring,
): Pick<FileExecutors, "upload" | "no_upload"> {
  const upload = database.prepare(
    "INSERT INTO upload (id, room_id, account_id, size, time, details) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const noUpload = database.prepare("DELETE FROM upload WHERE id = ?");
  const discard = prepareDiscard(database);
  return {
    upload({ upload: { id, roomId, accountId, size, time, name, mediaType, digest, key } }) {
      const details = JSON.stringify({ id, name, mediaType, digest, key });
      upload.run(id, roomId, accountId, size, time, keyring.seal(placeOfUpload(roomId, accountId), details));
    },
    no_upload({ id, discarded }) {
      noUpload.run(id);
      if (discarded) discard(id);
    },
  };
}

function prepareWholeFiles(
  database: DatabaseSync,
  keyring: Keyring,
): Pick<FileExecutors, "content" | "file" | "file_sent"> {
  const content = database.prepare(
    "INSERT INTO content (place, room_id, mark, size, details) VALUES (?, ?, ?, ?, ?)",
  );
  const file = database.prepare(
    "INSERT INTO file (id, place, room_id, account_id, time, details) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const sent = database.prepare("UPDATE file SET seq = ?, number = ? WHERE id = ?");
  return {
    content({ content: { place, roomId, size, digest, key, width, height, preview } }) {
      const details = JSON.stringify({ place, digest, key, width, height, preview });
      const mark = markOf(keyring, roomId, digest);
      content.run(place, roomId, mark, size, keyring.seal(placeOfContent(roomId), details));
    },
    file({ file: { id, place, roomId, accountId, time, name, mediaType, uploaded } }) {
      const details = JSON.stringify({ id, name, mediaType, uploaded });
      file.run(id, place, roomId, accountId, time, keyring.seal(placeOfFile(roomId, accountId), details));
    },
    file_sent: ({ id, seq, number }) => sent.run(seq, number, id),
  };
}

function prepareGone(database: DatabaseSync): Pick<FileExecutors, "no_file" | "no_discarded"> {
  const noDiscarded = database.prepare("DELETE FROM discarded WHERE place = ?");
  const removal = prepareFileRemoval(database);
  return {
    no_file: ({ id }) => removal.ofId(id),
    no_discarded: ({ place }) => noDiscarded.run(place),
  };
}

/** Takes files away, and with the last file of a content that too: its bytes are noted as belonging to nothing any more. */
export interface FileRemoval {
  ofMessage(roomId: number, seq: number): void;
  ofId(id: string): void;
}

export function prepareFileRemoval(database: DatabaseSync): FileRemoval {
  const ofMessage = database.prepare("DELETE FROM file WHERE room_id = ? AND seq = ? RETURNING place");
  const ofId = database.prepare("DELETE FROM file WHERE id = ? RETURNING place");
  const noContent = database.prepare(
    "DELETE FROM content WHERE place = ?1 AND NOT EXISTS (SELECT 1 FROM file WHERE place = ?1)",
  );
  const discard = prepareDiscard(database);
  const forget = (rows: readonly Record<string, unknown>[]) => {
    for (const place of new Set(rows.map((row) => string(row, "place")))) {
      if (noContent.run(place).changes > 0) discard(place);
    }
  };
  return {
    ofMessage: (roomId, seq) => forget(ofMessage.all(roomId, seq)),
    ofId: (id) => forget(ofId.all(id)),
  };
}

function prepareDiscard(database: DatabaseSync): (place: string) => void {
  const discard = database.prepare("INSERT OR IGNORE INTO discarded (place) VALUES (?)");
  return (place) => discard.run(place);
}
