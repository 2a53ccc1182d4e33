import { join } from "node:path";
import { ExportWriter, hexOf, type Manifest } from "../../shared/export/mod.ts";
import { type Answer, limits, Refusal, type RoomEvent } from "../../shared/protocol/mod.ts";
import type { Clock } from "../../shared/world/mod.ts";
import type { ProgramSession } from "../entrance/mod.ts";
import { downloadFile, type OfferedFile, transferOver } from "../files/mod.ts";

export interface OwnExported {
  readonly manifest: Manifest;
  /** Files that could not be had any more: their lines have `null` as path. */
  readonly contentsMissing: number;
}

export interface OwnExport {
  readonly session: ProgramSession;
  readonly clock: Clock;
  /** Told before each room, with how many there are. */
  readonly tell?: ((room: string, number: number, count: number) => void) | undefined;
}

/** Writes it into `directory`, which must be empty or not there. Rejects with a Trouble, and as `ProgramSession.insist` does. */
export async function exportOwn(own: OwnExport, directory: string): Promise<OwnExported> {
  using writer = new ExportWriter(directory);
  const { session: { welcome }, clock, tell } = own;
  const began = clock.now();
  for (const part of ["profile", "rooms", "messages", "files", "drafts"]) writer.begin(`${part}.ndjson`);
  await addProfile(own, writer);
  await addDrafts(own, writer);
  let contentsMissing = 0;
  for (const [index, { room, ...about }] of welcome.rooms.entries()) {
    tell?.(room, index + 1, welcome.rooms.length);
    const { kind, access, topic, people, standing = "member", level = "all", read } = about;
    writer.add("rooms.ndjson", { room, kind, access, topic, people, standing, level, read });
    contentsMissing += await addMessages(own, room, writer);
  }
  const name = welcome.user.username;
  return { manifest: writer.finish({ of: "person", name, began, ended: clock.now() }), contentsMissing };
}

async function addProfile({ session }: OwnExport, writer: ExportWriter): Promise<void> {
  const { username, role, twoFactor } = session.welcome.user;
  const { displayName, statusText, timeZone } = await session.insist<"profile">({
    type: "profile",
    username,
  });
  writer.add("profile.ndjson", { username, role, twoFactor, displayName, statusText, timeZone });
}

async function addDrafts({ session }: OwnExport, writer: ExportWriter): Promise<void> {
  let before: number | undefined;
  for (;;) {
    const { drafts, more } = await session.insist<"drafts">({ type: "drafts", before });
    for (const { room, thread, text, time } of drafts) {
      writer.add("drafts.ndjson", { room, thread, text, time });
    }
    const last = drafts.at(-1);
    if (!more || last === undefined) return;
    before = last.time;
  }
}

/** One room, page by page. Resolves with how many contents could not be had. */
async function addMessages(own: OwnExport, room: string, writer: ExportWriter): Promise<number> {
  const me = own.session.welcome.user.username;
  let missing = 0;
  for (let after = 0;;) {
    const { messages, more } = await own.session.insist<"history">({
      type: "history",
      room,
      after,
      limit: limits.historyEventsMax,
    });
    for (const event of messages) {
      if (event.type === "message" && event.from === me) {
        missing += await addMessage(own, room, event, writer);
      }
    }
    const last = messages.at(-1);
    if (!more || last === undefined) return missing;
    after = last.seq;
  }
}

async function addMessage(
  own: OwnExport,
  room: string,
  { type: _type, replies: _replies, files = [], ...message }: RoomEvent<"message">,
  writer: ExportWriter,
): Promise<number> {
  let missing = 0;
  for (const { file, name, size, mediaType, width, height } of files) {
    const path = await addContent(own, { file, name: file, size }, writer);
    if (path === null) missing++;
    writer.add("files.ndjson", {
      path,
      file,
      room,
      seq: message.seq,
      name,
      mediaType,
      size,
      width,
      height,
    });
  }
  const earlier = message.edited === undefined ? undefined : await earlierTexts(own, room, message.seq);
  const ids = files.length === 0 ? undefined : files.map(({ file }) => file);
  writer.add("messages.ndjson", { room, ...message, earlier, files: ids });
  return missing;
}

/** But for today's, which is the last one. */
async function earlierTexts(
  { session }: OwnExport,
  room: string,
  seq: number,
): Promise<Answer<"revisions">["revisions"]> {
  const all: Answer<"revisions">["revisions"][number][] = [];
  for (;;) {
    const after = all.length;
    const { revisions, more } = await session.insist<"revisions">({ type: "revisions", room, seq, after });
    all.push(...revisions);
    if (!more || revisions.length === 0) return all.slice(0, -1);
  }
}

/** The path of the content in the export; null where the server has it no more. */
async function addContent(
  { session, clock }: OwnExport,
  file: OfferedFile,
  writer: ExportWriter,
): Promise<string | null> {
  const transfer = transferOver(session, clock);
  try {
    const { path, digest, size } = await downloadFile(transfer, file, writer.folder);
    const sha256 = hexOf(digest);
    Deno.renameSync(path, join(writer.folder, sha256));
    writer.put(sha256, size);
    return `files/${sha256}`;
  } catch (cause) {
    if (cause instanceof Refusal && cause.code === "no_such_file") return null;
    throw cause;
  }
}
