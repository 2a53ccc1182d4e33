/** Reads what is known of files. */
import type { DatabaseSync } from "node:sqlite";
import type { Keyring, Place } from "../keyring/mod.ts";
import type { ContentRow, FileRow, UploadRow } from "./change.ts";
import { markOf } from "./file_marks.ts";
import { placeOfContent, placeOfFile, placeOfUpload } from "./places.ts";
import { bytes, integer, optional, type Row, string } from "./row.ts";

/** A file with its content. */
export interface KeptFile {
  readonly file: FileRow;
  readonly content: ContentRow;
}

/** What was damaged on the disk is as if it were not there. */
export interface FileReader {
  upload(id: string): UploadRow | undefined;
  uploadsOf(accountId: number): UploadRow[];
  file(id: string): KeptFile | undefined;
  /** The whole files of an account that came with no message yet. */
  unsentOf(accountId: number): KeptFile[];
  /** The files of these messages, those of one in their order. */
  ofMessages(roomId: number, seqs: readonly number[]): KeptFile[];
  /** The content in a room that has this SHA-256 (in base64url). */
  contentWith(roomId: number, digest: string): ContentRow | undefined;
  /** Whether the account may read a message with this content, as a member of its room, or has uploaded it. */
  isShownTo(accountId: number, place: string): boolean;
  /** What all contents and all unfinished uploads have, or are to have, in bytes. */
  totalBytes(): number;
  /** The ids of at most `limit` uploads that were begun before `time`, and are not finished or not sent. */
  unfinishedBefore(time: number, limit: number): string[];
  unsentBefore(time: number, limit: number): string[];
  /** At most `limit` places of bytes that belong to nothing any more. */
  discarded(limit: number): string[];
  /** The places of all contents, in no order. */
  places(): string[];
  /** Whether a content or an upload has its bytes there. */
  isPlace(place: string): boolean;
}

export function prepareFiles(database: DatabaseSync, keyring: Keyring): FileReader {
  return {
    ...prepareUploads(database, keyring),
    ...prepareWhole(database, keyring),
    ...prepareContents(database, keyring),
    ...prepareOld(database),
  };
}

function prepareUploads(
  database: DatabaseSync,
  keyring: Keyring,
): Pick<FileReader, "upload" | "uploadsOf"> {
  const upload = database.prepare("SELECT * FROM upload WHERE id = ?");
  const ofAccount = database.prepare("SELECT * FROM upload WHERE account_id = ? ORDER BY time, id");
  const toUploads = (rows: readonly Row[]) =>
    rows.map((row) => toUpload(keyring, row)).filter((row) => row !== undefined);
  return {
    upload: (id) => toUploads(upload.all(id))[0],
    uploadsOf: (accountId) => toUploads(ofAccount.all(accountId)),
  };
}

function prepareWhole(
  database: DatabaseSync,
  keyring: Keyring,
): Pick<FileReader, "file" | "unsentOf" | "ofMessages" | "isShownTo"> {
  const joined =
    `SELECT file.id, file.account_id, file.time, file.seq, file.details AS file_details, content.place, content.room_id,
            content.size, content.details
       FROM file JOIN content USING (place)`;
  const file = database.prepare(`${joined} WHERE file.id = ?`);
  const unsent = database.prepare(
    `${joined} WHERE file.account_id = ? AND file.seq IS NULL ORDER BY file.time, file.id`,
  );
  const ofMessages = database.prepare(
    `${joined} WHERE file.room_id = ? AND file.seq IN (SELECT value FROM json_each(?)) ORDER BY file.seq, file.number`,
  );
  const shown = database.prepare(
    "SELECT 1 AS found FROM file WHERE place = ? AND (seq IS NOT NULL OR account_id = ?) LIMIT 1",
  );
  const toFiles = (rows: readonly Row[]) =>
    rows.map((row) => toFile(keyring, row)).filter((row) => row !== undefined);
  return {
    file: (id) => toFiles(file.all(id))[0],
    unsentOf: (accountId) => toFiles(unsent.all(accountId)),
    ofMessages: (roomId, seqs) => toFiles(ofMessages.all(roomId, JSON.stringify(seqs))),
    isShownTo: (accountId, place) => shown.get(place, accountId) !== undefined,
  };
}

function prepareContents(
  database: DatabaseSync,
  keyring: Keyring,
): Pick<FileReader, "contentWith" | "totalBytes" | "places" | "isPlace"> {
  const withMark = database.prepare("SELECT * FROM content WHERE room_id = ? AND mark = ?");
  const total = database.prepare(
    `SELECT (SELECT coalesce(sum(size), 0) FROM content) + (SELECT coalesce(sum(size), 0) FROM upload) AS total`,
  );
  const places = database.prepare("SELECT place FROM content");
  const isPlace = database.prepare(
    "SELECT EXISTS (SELECT 1 FROM content WHERE place = ?1) OR EXISTS (SELECT 1 FROM upload WHERE id = ?1) AS found",
  );
  return {
    contentWith(roomId, digest) {
      const row = withMark.get(roomId, markOf(keyring, roomId, digest));
      return row === undefined ? undefined : toContent(keyring, row);
    },
    totalBytes: () => integer(total.get() ?? {}, "total"),
    places: () => places.all().map((row) => string(row, "place")),
    isPlace: (place) => integer(isPlace.get(place) ?? {}, "found") === 1,
  };
}

function prepareOld(
  database: DatabaseSync,
): Pick<FileReader, "unfinishedBefore" | "unsentBefore" | "discarded"> {
  const unfinished = database.prepare("SELECT id FROM upload WHERE time < ? LIMIT ?");
  const unsent = database.prepare(
    "SELECT id FROM file INDEXED BY file_unsent WHERE seq IS NULL AND time < ? LIMIT ?",
  );
  const discarded = database.prepare("SELECT place FROM discarded LIMIT ?");
  return {
    unfinishedBefore: (time, limit) => unfinished.all(time, limit).map((row) => string(row, "id")),
    unsentBefore: (time, limit) => unsent.all(time, limit).map((row) => string(row, "id")),
    discarded: (limit) => discarded.all(limit).map((row) => string(row, "place")),
  };
}

function toUpload(keyring: Keyring, row: Row): UploadRow | undefined {
  const id = string(row, "id"), roomId = integer(row, "room_id"), accountId = integer(row, "account_id");
  const details = openDetails<UploadDetails>(keyring, placeOfUpload(roomId, accountId), row, "details");
  if (details?.id !== id) return undefined;
  return { ...details, id, roomId, accountId, size: integer(row, "size"), time: integer(row, "time") };
}

function toContent(keyring: Keyring, row: Row): ContentRow | undefined {
  const place = string(row, "place"), roomId = integer(row, "room_id");
  const details = openDetails<ContentDetails>(keyring, placeOfContent(roomId), row, "details");
  if (details?.place !== place) return undefined;
  return { ...details, place, roomId, size: integer(row, "size") };
}

function toFile(keyring: Keyring, row: Row): KeptFile | undefined {
  const content = toContent(keyring, row);
  const id = string(row, "id"), accountId = integer(row, "account_id");
  if (content === undefined) return undefined;
  const { place, roomId } = content;
  const details = openDetails<FileDetails>(keyring, placeOfFile(roomId, accountId), row, "file_details");
  if (details?.id !== id) return undefined;
  const time = integer(row, "time"), seq = optional(integer, row, "seq");
  return { content, file: { ...details, id, place, roomId, accountId, time, seq } };
}

type UploadDetails = Pick<UploadRow, "id" | "name" | "mediaType" | "digest" | "key">;
type ContentDetails = Pick<ContentRow, "place" | "digest" | "key" | "width" | "height" | "preview">;
type FileDetails = Pick<FileRow, "id" | "name" | "mediaType" | "uploaded">;

/** What opens was written by this program, so that it is what it wrote. */
function openDetails<Details>(
  keyring: Keyring,
  place: Place,
  row: Row,
  column: string,
): Details | undefined {
  const text = keyring.openIntact(place, bytes(row, column));
  return text === undefined ? undefined : JSON.parse(text);
}
