import { ExportWriter, hexOf, type Manifest } from "../../shared/export/mod.ts";
import { Trouble } from "../../shared/trouble/mod.ts";
import type { Clock } from "../../shared/world/mod.ts";
import { Contents } from "../files/mod.ts";
import type { EventRow, Horizon, KeptFile, RoomRow, Store } from "../store/mod.ts";
import { eventLine, messageLine, type Names } from "./room_lines.ts";

/** Events of a room that are in memory at once. */
const pageEvents = 200;

export interface Exported {
  readonly manifest: Manifest;
  /** Files whose contents are damaged or were deleted meanwhile: their lines have `null` as path. */
  readonly contentsMissing: number;
}

export interface ServerExport {
  readonly store: Store;
  /** Where the contents of files are. */
  readonly contents: string;
  /** What the server is called. */
  readonly name: string;
  readonly clock: Clock;
}

/**
 * Writes all accounts without their secrets, rooms, memberships, messages and files into `directory`, which must be empty
 * or not there. What is over by itself is not in it, also where it was not taken away yet. Rejects with a Trouble.
 */
export async function exportServer(server: ServerExport, directory: string): Promise<Exported> {
  using writer = new ExportWriter(directory);
  const { store, name, clock } = server;
  const began = clock.now();
  const names = new Map(store.people.accounts().map((account) => [account.id, account.name]));
  addAccounts(store, writer);
  const rooms = store.rooms.rooms();
  addRooms(store, rooms, names, writer);
  let contentsMissing = 0;
  for (const part of ["messages.ndjson", "events.ndjson", "files.ndjson"]) writer.begin(part);
  for (const room of rooms) contentsMissing += await addEvents(server, room, names, writer);
  return { manifest: writer.finish({ of: "server", name, began, ended: clock.now() }), contentsMissing };
}

function addAccounts({ people }: Store, writer: ExportWriter): void {
  const profiles = people.profiles(), deactivated = new Set(people.deactivated());
  const secured = new Set(people.withSecondFactor()), bots = people.bots();
  writer.begin("accounts.ndjson");
  for (const { id, name: username, role } of people.accounts()) {
    const state = { twoFactor: secured.has(id), deactivated: deactivated.has(id) };
    // Of a bot it is said what it may do.
    writer.add("accounts.ndjson", { username, role, ...profiles.get(id), ...state, scopes: bots.get(id) });
  }
}

function addRooms(store: Store, rooms: readonly RoomRow[], names: Names, writer: ExportWriter): void {
  const roomNames = new Map(rooms.map(({ id, name }) => [id, name]));
  for (const part of ["rooms.ndjson", "members.ndjson", "bans.ndjson"]) writer.begin(part);
  for (const { id: _id, name: room, creatorId, ...about } of rooms) {
    writer.add("rooms.ndjson", {
      room,
      ...about,
      creator: creatorId === undefined ? undefined : names.get(creatorId),
    });
  }
  for (const { roomId, accountId, standing, level, read } of store.rooms.memberships()) {
    const member = { room: roomNames.get(roomId), username: names.get(accountId) };
    writer.add("members.ndjson", { ...member, standing, level, read });
  }
  for (const { roomId, accountId } of store.rooms.bans()) {
    writer.add("bans.ndjson", { room: roomNames.get(roomId), username: names.get(accountId) });
  }
}

/** Page by page, since a room may have millions. Resolves with how many contents are missing. */
async function addEvents(
  server: ServerExport,
  room: RoomRow,
  names: Names,
  writer: ExportWriter,
): Promise<number> {
  const { store } = server;
  let missing = 0;
  for (let after = 0;;) {
    const page = [...store.events.after(room.id, after, pageEvents)];
    if (page.length === 0) return missing;
    after = page.at(-1)?.seq ?? after;
    missing += await addPage(server, room, names, page, writer);
  }
}

async function addPage(
  { store, contents, clock }: ServerExport,
  room: RoomRow,
  names: Names,
  page: readonly EventRow[],
  writer: ExportWriter,
): Promise<number> {
  const said = page.filter(({ type }) => type === "message").map(({ seq }) => seq);
  const over = new Set(store.expiry.overAmong(room.id, said, horizonOf(store, room, clock.now())));
  const there = said.filter((seq) => !over.has(seq));
  const files = store.files.ofMessages(room.id, there);
  const reactions = store.details.reactions(room.id, there), named = store.details.named(room.id, there);
  let missing = 0;
  for (const kept of files) {
    const path = await addContent(new Contents(contents), kept, writer);
    if (path === null) missing++;
    writer.add("files.ndjson", fileLine(room, names, kept, path));
  }
  for (const event of page) {
    const seq = event.seq;
    const details = {
      revisions: event.edited === undefined || over.has(seq)
        ? []
        : [...store.details.revisions(room.id, seq, 0)],
      reactions: reactions.filter(({ target }) => target === seq),
      named: named.filter((each) => each.seq === seq),
      files: files.filter(({ file }) => file.seq === seq).map(({ file }) => file.id),
    };
    if (event.type !== "message") writer.add("events.ndjson", eventLine(room.name, names, event));
    else {writer.add(
        "messages.ndjson",
        messageLine(room.name, names, event, over.has(seq) ? undefined : details),
      );}
  }
  return missing;
}

function horizonOf({ people }: Store, { retentionMs, held }: RoomRow, now: number): Horizon {
  if (held) return { now: -1, until: -1 };
  const serverMs = Number(people.policy("retention") ?? 0) || Infinity;
  const keptMs = Math.min(retentionMs ?? Infinity, serverMs);
  return { now, until: keptMs === Infinity ? -1 : now - keptMs };
}

function fileLine(
  room: RoomRow,
  names: Names,
  { file, content: { size, width, height } }: KeptFile,
  path: string | null,
): Readonly<Record<string, unknown>> {
  const { id, name, mediaType, seq, accountId } = file;
  const about = { file: id, room: room.name, seq, from: names.get(accountId) };
  return { path, ...about, name, mediaType, size, width, height };
}

/** The path of the content in the export; null where it is damaged, or was deleted meanwhile. */
async function addContent(
  contents: Contents,
  { content }: KeptFile,
  writer: ExportWriter,
): Promise<string | null> {
  const sha256 = hexOf(content.digest), path = `files/${sha256}`;
  if (writer.has(sha256)) return path;
  try {
    return await writer.write(sha256, contents.blocks(content)) ? path : null;
  } catch (cause) {
    if (cause instanceof Trouble) throw cause;
    return null;
  }
}
