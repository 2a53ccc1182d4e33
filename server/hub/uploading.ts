/** Uploading files, chunk by chunk, to a room: they are nobody else's before they are sent with a message. */
import { Buffer } from "node:buffer";
import { limits, Refusal, type Request } from "../../shared/protocol/mod.ts";
import { blockBytes, DiskFull, newKey } from "../files/mod.ts";
import type { Change, ContentRow, FileRow, KeptFile, UploadRow } from "../store/mod.ts";
import { answerLater } from "./answering_later.ts";
import { noRoom, refuseFullDisk, roomEveryBytes } from "./disk_room.ts";
import { finish } from "./finishing.ts";
import { noSuchFile } from "./file_rights.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { membershipOf } from "./membership.ts";
import type { Room } from "./room.ts";
import { refuseSilenced } from "./room_rights.ts";
import { newSecret } from "./secrets.ts";
import type { Active } from "./uploads.ts";

/** Of what a file is called by: nobody can guess it. */
const idBytes = 16;

export async function upload(hub: Hub, guest: Guest, request: Request<"upload">): Promise<void> {
  refuseSilenced(membershipOf(guest.account, request.room));
  const hasRoom = await hub.contents.hasRoomFor(request.size);
  // Much may have changed meanwhile; from here on nothing does.
  const membership = membershipOf(guest.account, request.room), { room } = membership;
  refuseSilenced(membership);
  refuseNameless(request.name);
  // What was decided before is looked at as it is stored.
  hub.journal.commit();
  const accountId = guest.account.id;
  const whole = hub.store.files.unsentOf(accountId).find(({ file }) =>
    isSame(file, file.uploaded, room, request)
  );
  if (whole !== undefined) return answerWhole(guest, request.id, whole);
  const begun = hub.store.files.uploadsOf(accountId).find((row) => isSame(row, row, room, request));
  if (begun !== undefined) return goOn(hub, guest, request.id, begun);
  refuseTooMany(hub, accountId);
  const known = hub.store.files.contentWith(room.row.id, request.digest);
  if (known?.size === request.size && hub.store.files.isShownTo(accountId, known.place)) {
    return shareContent(hub, guest, request, room, known);
  }
  refuseTooLarge(hub, accountId, request.size, hasRoom);
  begin(hub, guest, request, room);
}

function refuseNameless(name: string): void {
  if (name === "") throw new Refusal("text_invalid", 'Field "name" is empty');
}

function isSame(
  { roomId, name }: { readonly roomId: number; readonly name: string },
  { size, digest }: { readonly size: number; readonly digest: string },
  room: Room,
  request: Request<"upload">,
): boolean {
  return roomId === room.row.id && name === request.name && size === request.size &&
    digest === request.digest;
}

function refuseTooMany({ store: { files } }: Hub, accountId: number): void {
  if (files.uploadsOf(accountId).length + files.unsentOf(accountId).length < limits.uploadsPerAccount) return;
  throw new Refusal(
    "forbidden",
    `You have ${limits.uploadsPerAccount} uploads that are not sent, which is as many as one may have. Send them, or throw some away`,
  );
}

function refuseTooLarge(hub: Hub, accountId: number, size: number, hasRoom: boolean): void {
  const { settings, store } = hub;
  const { fileBytesMax, filesBytesMax } = settings;
  if (size > fileBytesMax) {
    throw new Refusal(
      "too_large",
      `This server takes files of at most ${inWords(fileBytesMax)}. Send a smaller one`,
    );
  }
  refuseTooMuch(hub, accountId, size);
  if (store.files.totalBytes() + size > filesBytesMax) {
    throw new Refusal(
      "too_large",
      `This server has no room for more than ${inWords(filesBytesMax)} of files in all. Ask whoever runs it`,
    );
  }
  if (!hasRoom) throw noRoom();
}

/** What is announced counts as if it were there: so much of what the server takes in all is for one account's uploads. */
const waitingShare = 0.25;

function refuseTooMuch({ settings, store: { files } }: Hub, accountId: number, size: number): void {
  const most = Math.max(settings.fileBytesMax, settings.filesBytesMax * waitingShare);
  const unsent = files.unsentOf(accountId).map(({ content }) => content);
  const waiting = [...files.uploadsOf(accountId), ...unsent].reduce((sum, each) => sum + each.size, 0);
  if (waiting + size <= most) return;
  throw new Refusal(
    "too_large",
    `Your uploads that are not sent may have ${inWords(most)} together. Send them, or throw some away`,
  );
}

/** In the largest unit that leaves a number of at least 1. */
function inWords(bytes: number): string {
  const power = Math.min(4, Math.floor(Math.log2(bytes) / 10));
  const unit = ["bytes", "KiB", "MiB", "GiB", "TiB"][power];
  return `${Math.round(bytes / 1024 ** power * 10) / 10} ${unit}`;
}

/** The room has the content already, and they could read it anyway. */
function shareContent(
  hub: Hub,
  guest: Guest,
  { id: re, name, mediaType, size, digest }: Request<"upload">,
  room: Room,
  content: ContentRow,
): void {
  const file: FileRow = {
    id: newSecret(hub.world.chance, idBytes),
    place: content.place,
    roomId: room.row.id,
    accountId: guest.account.id,
    name,
    mediaType,
    time: hub.world.clock.now(),
    uploaded: { size, digest },
  };
  storeThen(hub, guest, re, [{ kind: "file", file }], () => answerWhole(guest, re, { file, content }));
}

function begin(
  hub: Hub,
  guest: Guest,
  { id: re, name, mediaType, size, digest }: Request<"upload">,
  room: Room,
): void {
  const row: UploadRow = {
    id: newSecret(hub.world.chance, idBytes),
    roomId: room.row.id,
    accountId: guest.account.id,
    name,
    mediaType,
    size,
    digest,
    key: newKey(),
    time: hub.world.clock.now(),
  };
  storeThen(hub, guest, re, [{ kind: "upload", upload: row }], () => answerProgress(guest, re, row, 0));
}

function storeThen(hub: Hub, guest: Guest, re: string, changes: readonly Change[], then: () => void): void {
  hub.journal.add({ changes, committed: then, failed: (refusal) => guest.refuse(refusal, re) });
}

function goOn(hub: Hub, guest: Guest, re: string, row: UploadRow): Promise<void> {
  const active = activeOf(hub, row);
  return hub.uploads.track(active.turns.inTurn(async () => {
    const received = await active.part.received();
    if (received < row.size) answerProgress(guest, re, row, received);
    else finishLater(hub, guest, re, row, active);
  }));
}

function activeOf(hub: Hub, { id, key, size }: UploadRow): Active {
  return hub.uploads.active(id, () => hub.contents.part({ place: id, key, size }));
}

export function put(hub: Hub, guest: Guest, request: Request<"put">): void | Promise<void> {
  const found = ownUpload(hub, guest, request.file);
  if ("file" in found) return answerWhole(guest, request.id, found);
  const bytes = bytesOf(request.data), active = activeOf(hub, found);
  return hub.uploads.track(active.turns.inTurn(() => putNext(hub, guest, request, found, active, bytes)));
}

/** An upload of one's own, or what became of it. Throws `no_such_file`, or as `refuseSilenced` does. */
function ownUpload(hub: Hub, { account }: Guest, id: string): UploadRow | KeptFile {
  const { files } = hub.store;
  const found = files.upload(id) ?? files.file(id);
  if (found === undefined) throw noSuchFile();
  const row = "file" in found ? found.file : found;
  const room = hub.rooms.withId(row.roomId);
  const membership = room && account.memberships.get(room.name);
  const isSent = "seq" in row && row.seq !== undefined;
  if (membership === undefined || row.accountId !== account.id || isSent) throw noSuchFile();
  refuseSilenced(membership);
  return found;
}

function bytesOf(data: string): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(Buffer.from(data, "base64"));
  const padding = /={0,2}$/.exec(data)?.[0].length ?? 0;
  // Whatever is no base64 is passed over, and then there are fewer.
  if (data.length % 4 === 0 && bytes.length === data.length / 4 * 3 - padding) return bytes;
  throw new Refusal("bad_request", 'Field "data" must be bytes in base64');
}

/** A chunk that is not the next one changes nothing: the answer says which is. */
async function putNext(
  hub: Hub,
  guest: Guest,
  { id: re, at }: Request<"put">,
  row: UploadRow,
  active: Active,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  hub.uploads.check();
  if (hub.store.files.upload(row.id) === undefined) return answerWhole(guest, re, finished(hub, row));
  const received = await active.part.received();
  if (at !== received) return answerProgress(guest, re, row, received);
  const wanted = Math.min(blockBytes, row.size - received);
  if (bytes.length !== wanted) {
    throw new Refusal("bad_request", `The bytes from ${at} on must be ${wanted}`);
  }
  if (received % roomEveryBytes === 0) await refuseFullDisk(hub, 0);
  await appendTo(active, bytes);
  if (received + wanted < row.size) answerProgress(guest, re, row, received + wanted);
  else finishLater(hub, guest, re, row, active);
}

/** What became of an upload meanwhile. Throws `no_such_file`. */
function finished({ store: { files } }: Hub, { id }: UploadRow): KeptFile {
  const kept = files.file(id);
  if (kept === undefined) throw noSuchFile();
  return kept;
}

async function appendTo({ part }: Active, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  try {
    await part.append(bytes);
  } catch (error) {
    if (error instanceof DiskFull) throw noRoom();
    if (error instanceof Deno.errors.NotFound) throw noSuchFile();
    throw error;
  }
}

/** The rest of it may take a while, in which the session is to be heard. */
function finishLater(hub: Hub, guest: Guest, re: string, row: UploadRow, active: Active): void {
  const finished = hub.uploads.track(active.turns.inTurn(() => finish(hub, row, active.part)));
  answerLater(hub, guest, re, finished, (kept) => answerWhole(guest, re, kept));
}

function answerProgress(guest: Guest, re: string, { id }: UploadRow, received: number): void {
  guest.answer({ type: "upload", re, file: id, received, chunkBytes: blockBytes });
}

function answerWhole(guest: Guest, re: string, { file, content }: KeptFile): void {
  const { size, digest } = content;
  guest.answer({
    type: "upload",
    re,
    file: file.id,
    received: file.uploaded.size,
    chunkBytes: blockBytes,
    whole: true,
    size,
    digest,
  });
}

export function cancelUpload(hub: Hub, guest: Guest, { file: id, id: re }: Request<"cancel_upload">): void {
  hub.journal.commit();
  const { files } = hub.store;
  const mine = files.upload(id) ?? files.file(id)?.file;
  if (mine?.accountId !== guest.account.id || ("seq" in mine && mine.seq !== undefined)) throw noSuchFile();
  const gone: Change = files.upload(id) === undefined
    ? { kind: "no_file", id }
    : { kind: "no_upload", id, discarded: true };
  storeThen(hub, guest, re, [gone], () => {
    hub.uploads.forget(id);
    guest.answer({ type: "ok", re });
  });
}
